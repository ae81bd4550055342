'use client';

import { X } from 'lucide-react';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { cn } from '@/components/ui/cn';
import { addItems, splitList } from '../format/split-list';
import { FieldError } from '../layout/field-error';
import { SuggestionPopup } from '../suggest/suggestion-popup';
import type { Suggestion } from '../suggest/suggestions';
import { useSuggestionList } from '../suggest/use-suggestion-list';

export type ChipsInputProps = {
  value: readonly string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  /** Says what is wrong with an item, or null. */
  fault: (item: string) => string | null;
  split: 'words' | 'phrases';
  /** One item, for buttons and announcements: "model". */
  noun: string;
  suggestions?: readonly Suggestion[];
  /** The list is about to be needed. */
  onFocus?: () => void;
  /** Indexes of chips that are at fault. */
  faulty?: ReadonlySet<number>;
  mono?: boolean;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-labelledby'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true | undefined;
};

const NONE: readonly Suggestion[] = [];

/**
 * A list as chips with an input behind them. Enter or a comma adds what is typed, a pasted list is taken
 * apart, each item is checked on entry. Backspace goes back into the chips; there, arrows move and Delete
 * removes. What was added and removed is announced.
 */
export function ChipsInput({
  value,
  onChange,
  onBlur,
  fault,
  split,
  noun,
  suggestions = NONE,
  onFocus,
  faulty,
  mono = false,
  disabled = false,
  id,
  ...aria
}: ChipsInputProps) {
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useSuggestionList(suggestions, text, value);

  function add(candidates: readonly string[]): boolean {
    const added = addItems(value, candidates, fault);
    const count = added.items.length - value.length;
    if (count > 0) onChange(added.items);
    setText(added.refused.join(split === 'words' ? ', ' : ' '));
    setRefusal(refusalText(added.refused, added.reason, candidates.length));
    if (count > 0) setSaid(`${added.items.slice(value.length).join(', ')} added.`);
    list.setOpen(false);
    return added.refused.length === 0;
  }

  function removeAt(index: number) {
    const removed = value[index];
    onChange(value.filter((_, place) => place !== index));
    setSaid(`${removed ?? noun} removed.`);
    // After the chip is gone, the next one or the input takes the focus.
    requestAnimationFrame(() => focusChip(Math.min(index, value.length - 2)));
  }

  function focusChip(index: number) {
    const chips = box.current?.querySelectorAll<HTMLButtonElement>('[data-chip-remove]');
    (chips?.[index] ?? input.current)?.focus();
  }

  function onInputKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (list.onKeyDown(event)) return;
    const atStart =
      event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    if (event.key === 'Enter' || (split === 'words' && [',', ';'].includes(event.key))) {
      event.preventDefault();
      const chosen = event.key === 'Enter' && list.open ? list.items[list.active] : undefined;
      if (chosen) add([chosen.value]);
      else if (text.trim() !== '') add(splitList(text, split));
    } else if (
      (event.key === 'Backspace' || event.key === 'ArrowLeft') &&
      atStart &&
      value.length > 0
    ) {
      event.preventDefault();
      focusChip(value.length - 1);
    }
  }

  function onChipKeyDown(event: KeyboardEvent, index: number) {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      removeAt(index);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      focusChip(event.key === 'ArrowLeft' ? Math.max(0, index - 1) : index + 1);
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData('text');
    const items = splitList(pasted, split);
    // One item is pasted as text, so that it can still be edited.
    if (items.length < 2) return;
    event.preventDefault();
    add(items);
  }

  return (
    <div className="flex flex-col gap-1.5">
      <div className="relative">
        <div
          ref={box}
          role="group"
          aria-label={aria['aria-label']}
          aria-labelledby={aria['aria-labelledby']}
          onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
          className={cn(
            'flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-input bg-card p-1 shadow-raised focus-within:border-ring focus-within:outline-2 focus-within:outline-ring/40 pointer-coarse:min-h-11',
            aria['aria-invalid'] && 'border-destructive',
            disabled && 'bg-muted',
          )}
        >
          {value.map((item, index) => (
            <Chip
              key={item}
              item={item}
              mono={mono}
              faulty={faulty?.has(index) ?? false}
              disabled={disabled}
              onRemove={() => removeAt(index)}
              onKeyDown={(event) => onChipKeyDown(event, index)}
            />
          ))}
          {!disabled && (
            <input
              ref={input}
              id={id}
              {...aria}
              {...(suggestions.length > 0 || onFocus ? list.inputProps : {})}
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={text}
              placeholder={`Add ${noun}`}
              onFocus={onFocus}
              onClick={() => list.setOpen(true)}
              onChange={(event) => {
                setText(event.target.value);
                setRefusal(undefined);
                list.setOpen(true);
              }}
              onKeyDown={onInputKeyDown}
              onPaste={onPaste}
              onBlur={() => {
                list.setOpen(false);
                if (text.trim() !== '') add(splitList(text, split));
                onBlur?.();
              }}
              className={cn(
                'h-6 min-w-28 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-muted-foreground pointer-coarse:h-9',
                mono && 'font-mono text-xs placeholder:font-sans placeholder:text-sm',
              )}
            />
          )}
          {disabled && value.length === 0 && (
            <span className="px-1.5 text-sm text-muted-foreground">None</span>
          )}
        </div>
        <SuggestionPopup
          list={list}
          label={`Suggested ${noun}s`}
          onChoose={(item) => add([item])}
        />
      </div>
      <FieldError message={refusal} />
      <span role="status" className="sr-only">
        {refusal ?? said}
      </span>
    </div>
  );
}

function refusalText(refused: readonly string[], reason: string | null, of: number) {
  if (refused.length === 0 || reason === null) return undefined;
  return of === 1 ? reason : `${refused.length} of ${of} not added. ${reason}`;
}

type ChipProps = {
  item: string;
  mono: boolean;
  faulty: boolean;
  disabled: boolean;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function Chip({ item, mono, faulty, disabled, onRemove, onKeyDown }: ChipProps) {
  return (
    <span
      data-chip={item}
      className={cn(
        'inline-flex h-6 max-w-full items-center rounded-sm border border-border bg-muted pl-2 text-xs pointer-coarse:h-9',
        mono && 'font-mono',
        disabled && 'pr-2',
        faulty && 'border-destructive bg-destructive-subtle text-destructive',
      )}
    >
      <span className="min-w-0 truncate">{item}</span>
      {!disabled && (
        <button
          type="button"
          data-chip-remove
          aria-label={`Remove ${item}`}
          onClick={onRemove}
          onKeyDown={onKeyDown}
          className="ml-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-muted-foreground hover:bg-hover hover:text-foreground focus-visible:outline-offset-0 pointer-coarse:size-9"
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}
