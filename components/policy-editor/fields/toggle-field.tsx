'use client';

import { Switch } from '@/components/ui/switch';
import { FieldRow } from '../layout/field-row';
import type { BooleanPath } from '../model/form-types';
import { usePolicyField } from './use-policy-field';

/** A yes or no on a line of its own. */
export function ToggleField({ name }: { name: BooleanPath }) {
  const field = usePolicyField(name);
  const { ids, aria, value, onChange, onBlur, readOnly } = field;
  return (
    <FieldRow field={field} control="switch" inline>
      <div className="flex min-h-6 items-center">
        <Switch
          id={ids.control}
          {...aria}
          checked={value}
          onCheckedChange={onChange}
          onBlur={onBlur}
          disabled={readOnly}
        />
      </div>
    </FieldRow>
  );
}
