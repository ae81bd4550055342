import { CircleAlert } from 'lucide-react';
import { ApiError } from '@/lib/client/api';

type FormErrorProps = {
  error: Error | null;
  /** Fields that show their own faults; the faults of all others are listed here. */
  fields?: readonly string[];
};

/** Why the form was not accepted, as far as no field of it says so already. */
export function FormError({ error, fields = [] }: FormErrorProps) {
  if (!error) return null;
  const issues = error instanceof ApiError ? error.issues : [];
  const rest = issues.filter((issue) => !fields.includes(issue.path));
  if (issues.length > 0 && rest.length === 0) return null;
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-md bg-destructive-subtle px-3 py-2 text-sm text-destructive"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-col gap-0.5 break-words">
        {issues.length === 0 && <p>{error.message}</p>}
        {rest.map((issue) => (
          <p key={`${issue.path} ${issue.message}`}>
            {issue.path && <span className="font-mono text-xs">{issue.path}: </span>}
            {issue.message}
          </p>
        ))}
      </div>
    </div>
  );
}
