'use client';

import type { ReactNode } from 'react';
import { Slider } from '@/components/ui/slider';
import { tidy } from '../format/number';
import { FieldRow } from '../layout/field-row';
import type { NumberPath } from '../model/form-types';
import { NumberInput } from './number-input';
import { usePolicyField } from './use-policy-field';

type SliderFieldProps = {
  name: NumberPath;
  step?: number;
  /** What helps to choose; below the slider where there is no room beside it. */
  beside?: ReactNode;
};

/** A share from 0 to 1: slider for the feel of it, input for the exact value. */
export function SliderField({ name, step = 0.01, beside }: SliderFieldProps) {
  const field = usePolicyField(name);
  const { info, ids, aria, value, onChange, onBlur, readOnly } = field;
  const min = info.min ?? 0;
  const max = info.max ?? 1;
  return (
    <FieldRow field={field} control="number">
      <div className="flex flex-col gap-4 xl:flex-row xl:items-start xl:gap-8">
        <div className="flex min-w-0 flex-1 items-center gap-4">
          <Slider
            aria-labelledby={ids.label}
            aria-describedby={ids.help}
            className="max-w-md flex-1"
            value={[Number.isFinite(value) ? value : min]}
            onValueChange={([next = min]) => onChange(tidy(next))}
            min={min}
            max={max}
            step={step}
            disabled={readOnly}
          />
          <NumberInput
            id={ids.control}
            {...aria}
            className="w-20"
            value={value}
            onChange={onChange}
            onBlur={onBlur}
            min={min}
            max={max}
            step={step}
            minDecimals={2}
            disabled={readOnly}
          />
        </div>
        {beside}
      </div>
    </FieldRow>
  );
}
