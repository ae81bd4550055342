'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

/** Mounted once by the root layout; call `toast.success(…)`, `toast.error(…)` anywhere. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      toastOptions={{
        classNames: {
          toast:
            'font-sans! text-sm! rounded-lg! border-border! bg-popover! text-foreground! shadow-overlay!',
          description: 'text-muted-foreground!',
          actionButton: 'bg-primary! text-primary-foreground!',
          closeButton: 'bg-popover! border-border! text-muted-foreground!',
          icon: 'text-muted-foreground',
          success: '[&_[data-icon]]:text-success!',
          error: '[&_[data-icon]]:text-destructive!',
        },
      }}
    />
  );
}
