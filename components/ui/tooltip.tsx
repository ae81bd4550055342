'use client';

import * as TooltipPrimitive from '@radix-ui/react-tooltip';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export const TooltipProvider = TooltipPrimitive.Provider;
const Tooltip = TooltipPrimitive.Root;
const TooltipTrigger = TooltipPrimitive.Trigger;

function TooltipContent({
  className,
  sideOffset = 6,
  ...props
}: ComponentProps<typeof TooltipPrimitive.Content>) {
  return (
    <TooltipPrimitive.Portal>
      <TooltipPrimitive.Content
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          'z-50 max-w-64 rounded-md bg-foreground px-2 py-1 text-xs text-background shadow-overlay data-[state=delayed-open]:animate-pop-in',
          className,
        )}
        {...props}
      />
    </TooltipPrimitive.Portal>
  );
}

type HintProps = {
  /** What the tooltip says; without it the children stand alone. */
  content?: ReactNode;
  side?: ComponentProps<typeof TooltipPrimitive.Content>['side'];
  /** Wraps the child in a focusable span, so that a disabled control can still explain itself. */
  wrap?: boolean;
  children: ReactNode;
};

/** The short form: `<Hint content="Why"><Button …/></Hint>`. */
export function Hint({ content, side, wrap = false, children }: HintProps) {
  if (!content) return <>{children}</>;
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        {wrap ? (
          <span tabIndex={0} className="inline-flex rounded-md">
            {children}
          </span>
        ) : (
          children
        )}
      </TooltipTrigger>
      <TooltipContent side={side}>{content}</TooltipContent>
    </Tooltip>
  );
}
