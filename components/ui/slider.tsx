'use client';

import * as SliderPrimitive from '@radix-ui/react-slider';
import type { ComponentProps } from 'react';
import { cn } from './cn';

type SliderProps = ComponentProps<typeof SliderPrimitive.Root> & {
  /** Accessible name of each thumb, in order. */
  thumbLabels?: readonly string[];
  /** Accessible text of a thumb's value ("95 percent"); default is the number. */
  formatValue?: (value: number) => string;
};

/** One thumb per entry of `value` (or `defaultValue`); arrow keys move by `step`, Page Up/Down by ten. */
export function Slider({
  className,
  thumbLabels,
  formatValue,
  'aria-label': ariaLabel,
  'aria-labelledby': ariaLabelledby,
  'aria-describedby': ariaDescribedby,
  id,
  ...props
}: SliderProps) {
  const values = props.value ?? props.defaultValue ?? [props.min ?? 0];
  return (
    <SliderPrimitive.Root
      className={cn(
        'relative flex h-6 w-full touch-none items-center select-none data-[disabled]:opacity-50 pointer-coarse:h-11',
        className,
      )}
      {...props}
    >
      <SliderPrimitive.Track className="relative h-1.5 w-full grow overflow-hidden rounded-full bg-input/70">
        <SliderPrimitive.Range className="absolute h-full bg-primary" />
      </SliderPrimitive.Track>
      {values.map((value, index) => (
        <SliderPrimitive.Thumb
          key={index}
          id={index === 0 ? id : undefined}
          aria-label={thumbLabels?.[index] ?? ariaLabel}
          aria-labelledby={thumbLabels?.[index] ? undefined : ariaLabelledby}
          aria-describedby={ariaDescribedby}
          aria-valuetext={formatValue?.(value)}
          className="block size-4 rounded-full border-2 border-primary bg-white shadow-sm transition-shadow focus-visible:ring-4 focus-visible:ring-ring/30 focus-visible:outline-none data-[disabled]:cursor-not-allowed pointer-coarse:size-6"
        />
      ))}
    </SliderPrimitive.Root>
  );
}
