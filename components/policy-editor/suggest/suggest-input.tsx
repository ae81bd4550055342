'use client';

import type { KeyboardEvent } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { SuggestionPopup } from './suggestion-popup';
import type { Suggestion } from './suggestions';
import { useSuggestionList } from './use-suggestion-list';

type SuggestInputProps = {
  value: string;
  onChange: (value: string) => void;
  /** Enter on the text as it stands. */
  onEnter?: () => void;
  onFocus?: () => void;
  onBlur?: () => void;
  suggestions: readonly Suggestion[];
  taken?: readonly string[];
  /** Accessible name of the list. */
  listLabel: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true | undefined;
};

const NOTHING: readonly string[] = [];

/** A text input that offers what may be meant and takes whatever is typed. */
export function SuggestInput({
  value,
  onChange,
  onEnter,
  onFocus,
  onBlur,
  suggestions,
  taken = NOTHING,
  listLabel,
  className,
  ...control
}: SuggestInputProps) {
  const list = useSuggestionList(suggestions, value, taken);

  function choose(next: string) {
    onChange(next);
    list.setOpen(false);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (list.onKeyDown(event) || event.key !== 'Enter') return;
    event.preventDefault();
    const chosen = list.open ? list.items[list.active] : undefined;
    if (chosen) choose(chosen.value);
    else onEnter?.();
  }

  return (
    <div className={cn('relative min-w-0', className)}>
      <Input
        {...control}
        {...list.inputProps}
        autoComplete="off"
        spellCheck={false}
        className="font-mono text-xs"
        value={value}
        onFocus={() => {
          onFocus?.();
        }}
        onClick={() => list.setOpen(true)}
        onChange={(event) => {
          onChange(event.target.value);
          list.setOpen(true);
        }}
        onBlur={() => {
          list.setOpen(false);
          onBlur?.();
        }}
        onKeyDown={onKeyDown}
      />
      <SuggestionPopup list={list} label={listLabel} onChoose={choose} />
    </div>
  );
}
