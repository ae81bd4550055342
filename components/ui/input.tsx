import type { ComponentProps } from 'react';
import { cn } from './cn';

/** Shared by every control that looks like a text field. */
export const fieldClasses =
  'w-full min-w-0 rounded-md border border-input bg-card text-sm text-foreground shadow-raised transition-colors placeholder:text-muted-foreground focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring/40 disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-destructive aria-invalid:outline-destructive/40';

export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return (
    <input
      type={type}
      className={cn(fieldClasses, 'h-8 px-2.5 pointer-coarse:h-11', className)}
      {...props}
    />
  );
}
