'use client';

import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { FieldError } from '../layout/field-error';
import { SuggestInput } from '../suggest/suggest-input';
import type { Suggestion } from '../suggest/suggestions';

type AddKeyProps = {
  /** What is added: "model". */
  noun: string;
  label: string;
  placeholder: string;
  taken: readonly string[];
  fault: (key: string) => string | null;
  suggestions: readonly Suggestion[];
  onFocus: () => void;
  onAdd: (key: string) => void;
};

/** The last line of a map: a name for the next entry, checked before it is taken. */
export function AddKey({
  noun,
  label,
  placeholder,
  taken,
  fault,
  suggestions,
  onFocus,
  onAdd,
}: AddKeyProps) {
  const id = useId();
  const [key, setKey] = useState('');
  const [refusal, setRefusal] = useState<string>();

  function add() {
    const wanted = key.trim();
    const reason = taken.includes(wanted) ? `${wanted} is already in the list.` : fault(wanted);
    setRefusal(reason ?? undefined);
    if (reason !== null) return;
    onAdd(wanted);
    setKey('');
  }

  return (
    <div className="flex flex-col gap-1">
      <div data-add-key className="flex items-center gap-1.5">
        <SuggestInput
          className="flex-1"
          aria-label={label}
          aria-describedby={refusal ? id : undefined}
          aria-invalid={refusal ? true : undefined}
          placeholder={placeholder}
          listLabel={`Suggested ${noun}s`}
          suggestions={suggestions}
          taken={taken}
          value={key}
          onFocus={onFocus}
          onChange={(next) => {
            setKey(next);
            setRefusal(undefined);
          }}
          onEnter={add}
        />
        <Button variant="outline" onClick={add}>
          <Plus /> Add {noun}
        </Button>
      </div>
      <FieldError id={id} message={refusal} />
    </div>
  );
}
