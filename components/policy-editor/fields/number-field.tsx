'use client';

import { describeDuration } from '@/lib/policy/describe-value';
import { FieldRow } from '../layout/field-row';
import type { NumberPath } from '../model/form-types';
import { NumberInput } from './number-input';
import { usePolicyField } from './use-policy-field';

type NumberFieldProps = {
  name: NumberPath;
  /** What the arrow keys add. */
  step?: number;
};

/** A number with its unit; times are also said in words, and 0 says when it means unlimited. */
export function NumberField({ name, step }: NumberFieldProps) {
  const field = usePolicyField(name);
  const { info, ids, aria, value, onChange, onBlur, readOnly } = field;
  return (
    <FieldRow field={field} control="number">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <NumberInput
          id={ids.control}
          {...aria}
          value={value}
          onChange={onChange}
          onBlur={onBlur}
          min={info.min}
          max={info.max}
          step={step ?? (unitInMs(info.unit) === 1 ? 100 : 1)}
          unit={info.unit}
          disabled={readOnly}
        />
        <Meaning value={value} unit={info.unit} zeroMeansUnlimited={info.zeroMeansUnlimited} />
      </div>
    </FieldRow>
  );
}

type MeaningProps = { value: number; unit: string | undefined; zeroMeansUnlimited: boolean };

/** What the number amounts to: a duration in words, "Unlimited" for 0, or the hint that 0 means it. */
export function Meaning({ value, unit, zeroMeansUnlimited }: MeaningProps) {
  const ms = unitInMs(unit);
  if (ms !== undefined) {
    // 250 ms in words would be 250 ms again.
    if (!(value * ms >= 1000)) return null;
    return <span className="text-xs text-muted-foreground">({describeDuration(value * ms)})</span>;
  }
  if (!zeroMeansUnlimited) return null;
  return value === 0 ? (
    <span className="text-xs font-medium text-muted-foreground">Unlimited</span>
  ) : (
    <span className="text-xs text-muted-foreground">0 = unlimited</span>
  );
}

/** How many milliseconds one of a field's units is, or undefined for units that are no time. */
function unitInMs(unit: string | undefined): number | undefined {
  if (unit === 'ms') return 1;
  return unit === 'seconds' ? 1000 : undefined;
}
