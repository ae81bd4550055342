'use client';

import * as DialogPrimitive from '@radix-ui/react-dialog';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { ModalContent, ModalDescription, ModalTitle } from './modal';

export const Sheet = DialogPrimitive.Root;
export const SheetTrigger = DialogPrimitive.Trigger;
export { ModalTitle as SheetTitle, ModalDescription as SheetDescription };

const sides = {
  right:
    'inset-y-0 right-0 w-full max-w-xl border-l data-[state=open]:animate-in-right data-[state=closed]:animate-out-right',
  left: 'inset-y-0 left-0 w-[280px] max-w-[86vw] border-r data-[state=open]:animate-in-left data-[state=closed]:animate-out-left',
  bottom:
    'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl border-t data-[state=open]:animate-in-bottom data-[state=closed]:animate-out-bottom',
} as const;

type SheetContentProps = ComponentProps<typeof ModalContent> & { side?: keyof typeof sides };

/** A drawer: SheetHeader, SheetBody (scrolls), SheetFooter. Give it a SheetTitle. */
export function SheetContent({ className, side = 'right', ...props }: SheetContentProps) {
  return (
    <ModalContent
      className={cn(
        'fixed z-50 flex flex-col border-border bg-popover text-popover-foreground shadow-overlay outline-none',
        sides[side],
        className,
      )}
      {...props}
    />
  );
}

export function SheetHeader({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn('flex flex-col gap-1 border-b border-border px-5 py-4 pr-14', className)}
      {...props}
    />
  );
}

export function SheetBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('min-h-0 flex-1 overflow-y-auto px-5 py-4', className)} {...props} />;
}

export function SheetFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn(
        'flex flex-col-reverse gap-2 border-t border-border px-5 py-3 sm:flex-row sm:justify-end',
        className,
      )}
      {...props}
    />
  );
}
