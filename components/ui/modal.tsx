'use client';

import * as DialogPrimitive from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { descriptionClasses, overlayClasses, titleClasses } from './overlay';
import { useReturnFocus } from './return-focus';

/** What a dialog and a sheet are both made of: the page dimmed behind it, its body, a button to close it. */
export function ModalContent({
  children,
  ...props
}: ComponentProps<typeof DialogPrimitive.Content>) {
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={overlayClasses} />
      <ModalBody {...props}>
        {children}
        <DialogPrimitive.Close asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Close"
            className="absolute top-3 right-3 text-muted-foreground"
          >
            <X />
          </Button>
        </DialogPrimitive.Close>
      </ModalBody>
    </DialogPrimitive.Portal>
  );
}

// Mounted while open, which is when it learns what to give focus back to.
function ModalBody({ onCloseAutoFocus, ...props }: ComponentProps<typeof DialogPrimitive.Content>) {
  return <DialogPrimitive.Content onCloseAutoFocus={useReturnFocus(onCloseAutoFocus)} {...props} />;
}

export function ModalTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return <DialogPrimitive.Title className={cn(titleClasses, className)} {...props} />;
}

export function ModalDescription({
  className,
  ...props
}: ComponentProps<typeof DialogPrimitive.Description>) {
  return <DialogPrimitive.Description className={cn(descriptionClasses, className)} {...props} />;
}
