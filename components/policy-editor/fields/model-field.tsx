'use client';

import { useState } from 'react';
import { FieldRow } from '../layout/field-row';
import type { StringPath } from '../model/form-types';
import { SuggestInput } from '../suggest/suggest-input';
import { useModelSuggestions } from '../suggest/use-suggestion-sources';
import { usePolicyField } from './use-policy-field';

/** One model, or none. */
export function ModelField({ name }: { name: StringPath }) {
  const field = usePolicyField(name);
  const { ids, aria, value, onChange, onBlur, readOnly, info } = field;
  const [wanted, setWanted] = useState(false);
  const suggestions = useModelSuggestions(wanted);
  return (
    <FieldRow field={field} control="text">
      <SuggestInput
        id={ids.control}
        {...aria}
        className="max-w-md"
        placeholder="provider/model"
        listLabel={info.title}
        suggestions={suggestions}
        value={value}
        onChange={(next) => onChange(next.trim())}
        onFocus={() => setWanted(true)}
        onBlur={onBlur}
        disabled={readOnly}
      />
    </FieldRow>
  );
}
