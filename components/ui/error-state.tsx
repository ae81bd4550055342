'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from './button';
import { cn } from './cn';

type ErrorStateProps = {
  title: string;
  /** The cause, or an Error whose message names it. */
  error?: unknown;
  onRetry?: () => void;
  className?: string;
};

/** Something could not be loaded: says what, why, and offers another try. */
export function ErrorState({ title, error, onRetry, className }: ErrorStateProps) {
  const reason = error instanceof Error ? error.message : typeof error === 'string' ? error : null;
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center gap-3 px-6 py-12 text-center', className)}
    >
      <span className="flex size-10 items-center justify-center rounded-lg bg-destructive-subtle text-destructive">
        <CircleAlert aria-hidden className="size-5" />
      </span>
      <div className="flex max-w-md flex-col gap-1">
        <p className="font-medium">{title}</p>
        {reason && <p className="text-sm break-words text-muted-foreground">{reason}</p>}
      </div>
      {onRetry && (
        <Button variant="outline" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
