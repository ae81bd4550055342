import type { ComponentProps } from 'react';
import { cn } from './cn';

/** Scrolls sideways inside its own box, never the page; the box is focusable for keyboards. */
export function Table({
  className,
  'aria-label': ariaLabel,
  ...props
}: ComponentProps<'table'> & { 'aria-label': string }) {
  return (
    <div
      role="region"
      aria-label={ariaLabel}
      tabIndex={0}
      className="w-full overflow-x-auto rounded-[inherit] focus-visible:outline-offset-[-2px]"
    >
      <table
        aria-label={ariaLabel}
        className={cn('w-full border-collapse text-left text-sm', className)}
        {...props}
      />
    </div>
  );
}

export function TableHeader({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('border-b border-border', className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={cn('[&_tr:last-child]:border-0', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      className={cn('border-b border-border transition-colors hover:bg-muted/50', className)}
      {...props}
    />
  );
}

export function TableHead({ className, scope = 'col', ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope={scope}
      className={cn(
        'h-9 px-4 text-xs font-medium whitespace-nowrap text-muted-foreground',
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('px-4 py-2.5 align-middle', className)} {...props} />;
}
