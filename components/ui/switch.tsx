'use client';

import * as SwitchPrimitive from '@radix-ui/react-switch';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** On/off that acts at once. The `after` layer widens the target to 44 px on touch. */
export function Switch({ className, ...props }: ComponentProps<typeof SwitchPrimitive.Root>) {
  return (
    <SwitchPrimitive.Root
      className={cn(
        'relative inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-transparent bg-input transition-colors after:absolute after:-inset-1 data-[state=checked]:bg-primary disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:after:-inset-x-2 pointer-coarse:after:-inset-y-[13px]',
        className,
      )}
      {...props}
    >
      <SwitchPrimitive.Thumb className="pointer-events-none block size-[14px] translate-x-px rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-[15px]" />
    </SwitchPrimitive.Root>
  );
}
