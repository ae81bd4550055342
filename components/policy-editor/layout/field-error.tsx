import { CircleAlert } from 'lucide-react';

/** What is wrong with a field; the control points here by `aria-describedby`. */
export function FieldError({ id, message }: { id?: string; message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p id={id} data-field-error className="flex items-start gap-1.5 text-xs text-destructive">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span className="min-w-0 break-words">{message}</span>
    </p>
  );
}
