'use client';

import { Input } from '@/components/ui/input';
import { FieldRow } from '../layout/field-row';
import type { StringPath } from '../model/form-types';
import { usePolicyField } from './use-policy-field';

/** A web address; empty means none. */
export function UrlField({ name, placeholder }: { name: StringPath; placeholder: string }) {
  const field = usePolicyField(name);
  const { ids, aria, value, onChange, onBlur, readOnly } = field;
  return (
    <FieldRow field={field} control="text">
      <Input
        id={ids.control}
        {...aria}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        className="font-mono text-xs"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        disabled={readOnly}
      />
    </FieldRow>
  );
}
