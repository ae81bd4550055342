'use client';

import { useMemo, useState } from 'react';
import { FieldRow } from '../layout/field-row';
import { itemFault } from '../model/field-info';
import type { StringListPath } from '../model/form-types';
import { useModelSuggestions, useProviderSuggestions } from '../suggest/use-suggestion-sources';
import type { Suggestion } from '../suggest/suggestions';
import { ChipsInput } from './chips-input';
import { usePolicyField, type PolicyField } from './use-policy-field';

type ChipsFieldProps = {
  name: StringListPath;
  /** One item, for buttons and announcements: "tool". */
  noun: string;
  split?: 'words' | 'phrases';
  mono?: boolean;
};

/** A list without suggestions: tools, e-mail addresses, phrases, error codes. */
export function ChipsField({ name, noun, split = 'words', mono = false }: ChipsFieldProps) {
  const field = usePolicyField(name);
  return <ChipsRow field={field} noun={noun} split={split} mono={mono} />;
}

/** Models, suggested from the tenant's connections and the catalogue. */
export function ModelsField({ name }: { name: StringListPath }) {
  const field = usePolicyField(name);
  const [wanted, setWanted] = useState(false);
  const suggestions = useModelSuggestions(wanted, takesWildcards(name));
  return (
    <ChipsRow
      field={field}
      noun="model"
      mono
      suggestions={suggestions}
      onFocus={() => setWanted(true)}
    />
  );
}

/** Provider connections of the tenant, or names of some that are still to come. */
export function ProvidersField({ name }: { name: StringListPath }) {
  const field = usePolicyField(name);
  const [wanted, setWanted] = useState(false);
  const suggestions = useProviderSuggestions(wanted);
  return (
    <ChipsRow
      field={field}
      noun="provider"
      mono
      suggestions={suggestions}
      onFocus={() => setWanted(true)}
    />
  );
}

function takesWildcards(name: StringListPath): boolean {
  return itemFault(name)('any/*') === null;
}

type ChipsRowProps = {
  field: PolicyField<StringListPath>;
  noun: string;
  split?: 'words' | 'phrases';
  mono?: boolean;
  suggestions?: readonly Suggestion[];
  onFocus?: () => void;
};

function ChipsRow({ field, split = 'words', ...chips }: ChipsRowProps) {
  const { name, ids, aria, issues, error } = field;
  const fault = useMemo(() => itemFault(name), [name]);
  const faulty = new Set(issues.map(({ path }) => Number(path[0])));
  const first = error ?? issues[0]?.message;
  return (
    <FieldRow field={{ ...field, error: first }} control="chips">
      <ChipsInput
        {...chips}
        id={ids.control}
        aria-labelledby={ids.label}
        {...aria}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        fault={fault}
        faulty={faulty}
        split={split}
        disabled={field.readOnly}
      />
    </FieldRow>
  );
}
