'use client';

import * as DialogPrimitive from '@radix-ui/react-dialog';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { ModalContent, ModalDescription, ModalTitle } from './modal';
import { boxClasses, boxFooterClasses } from './overlay';

export const Dialog = DialogPrimitive.Root;
export const DialogClose = DialogPrimitive.Close;
export { ModalTitle as DialogTitle, ModalDescription as DialogDescription };

/** A modal; scrolls inside itself on small screens. Give it a DialogTitle. */
export function DialogContent({ className, ...props }: ComponentProps<typeof ModalContent>) {
  return <ModalContent className={cn(boxClasses, 'max-w-lg', className)} {...props} />;
}

export function DialogHeader({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('flex flex-col gap-1 pr-8', className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn(boxFooterClasses, className)} {...props} />;
}
