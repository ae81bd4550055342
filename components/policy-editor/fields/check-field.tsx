'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { ChangedMark } from '../layout/changed-mark';
import type { BooleanPath } from '../model/form-types';
import { usePolicyField } from './use-policy-field';

/** A yes or no among several of one line, such as what is retried. */
export function CheckField({ name }: { name: BooleanPath }) {
  const { info, ids, aria, value, onChange, onBlur, readOnly } = usePolicyField(name);
  return (
    <div data-field={name} data-control="checkbox" className="flex items-start gap-2.5">
      <Checkbox
        id={ids.control}
        className="mt-0.5"
        {...aria}
        checked={value}
        onCheckedChange={(checked) => onChange(checked === true)}
        onBlur={onBlur}
        disabled={readOnly}
      />
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <Label htmlFor={ids.control} className="font-normal">
            {info.title}
          </Label>
          <ChangedMark name={name} title={info.title} />
        </div>
        <p id={ids.help} className="text-xs text-muted-foreground">
          {info.description}
        </p>
      </div>
    </div>
  );
}
