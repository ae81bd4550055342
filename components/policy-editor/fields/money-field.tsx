'use client';

import { FieldRow } from '../layout/field-row';
import type { NumberPath } from '../model/form-types';
import { Meaning } from './number-field';
import { NumberInput } from './number-input';
import { usePolicyField } from './use-policy-field';

/** An amount in US dollars, cents shown, up to ten decimals kept. */
export function MoneyField({ name }: { name: NumberPath }) {
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
          minDecimals={2}
          prefix="$"
          unit={info.unit}
          disabled={readOnly}
        />
        <Meaning value={value} unit={info.unit} zeroMeansUnlimited={info.zeroMeansUnlimited} />
      </div>
    </FieldRow>
  );
}
