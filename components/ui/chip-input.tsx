'use client';

import { X } from 'lucide-react';
import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { cn } from './cn';
import { fieldClasses } from './input';
import { Popover, PopoverAnchor, PopoverContent } from './popover';

export type ChipInputProps = {
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Offered while typing; anything else may be written too. */
  suggestions?: readonly string[];
  /** Says what is wrong with an entry, or undefined. */
  validate?: (entry: string) => string | undefined;
  placeholder?: string;
  /** What one entry is called, for screen readers: `model`. */
  noun?: string;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

const MAX_SUGGESTIONS = 50;

/** Several short texts: Enter, comma or a pasted list adds, Backspace in the empty field takes the last one off. */
export function ChipInput({
  value,
  onChange,
  suggestions = [],
  validate,
  placeholder,
  noun = 'entry',
  disabled,
  id,
  ...aria
}: ChipInputProps) {
  const [draft, setDraft] = useState('');
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const [fault, setFault] = useState<string>();
  const listId = useId();
  const faultId = useId();
  const input = useRef<HTMLInputElement>(null);
  const wanted = draft.trim().toLowerCase();
  const offered = suggestions
    .filter((entry) => !value.includes(entry) && entry.toLowerCase().includes(wanted))
    .slice(0, MAX_SUGGESTIONS);
  const showing = open && !disabled && offered.length > 0;

  function add(entries: readonly string[]): void {
    const fresh = [...new Set(entries.map((entry) => entry.trim()).filter(Boolean))].filter(
      (entry) => !value.includes(entry),
    );
    const bad = fresh.map((entry) => validate?.(entry)).find(Boolean);
    setFault(bad);
    if (bad) return;
    if (fresh.length > 0) onChange([...value, ...fresh]);
    setDraft('');
    setMarked(-1);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length > 0) {
      event.preventDefault();
      setOpen(true);
      setMarked((at) => (at + step + offered.length) % offered.length);
    } else if (event.key === 'Enter' || event.key === ',') {
      const chosen = showing ? offered[marked] : undefined;
      if (!chosen && draft.trim() === '') return;
      event.preventDefault();
      add([chosen ?? draft]);
    } else if (event.key === 'Backspace' && draft === '' && value.length > 0) {
      onChange(value.slice(0, -1));
    } else if (event.key === 'Escape' && showing) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>): void {
    const entries = event.clipboardData.getData('text').split(/[\s,;]+/);
    if (entries.length < 2) return;
    event.preventDefault();
    add(entries);
  }

  return (
    <div className="flex flex-col gap-1">
      <Popover open={showing} onOpenChange={setOpen}>
        <PopoverAnchor asChild>
          <div
            className={cn(
              fieldClasses,
              'flex min-h-8 cursor-text flex-wrap items-center gap-1 p-1 focus-within:border-ring focus-within:outline-2 focus-within:outline-ring/40',
              disabled && 'cursor-not-allowed bg-muted',
            )}
            onClick={() => input.current?.focus()}
          >
            {value.map((entry) => (
              <span
                key={entry}
                className="inline-flex max-w-full items-center gap-0.5 rounded-sm bg-muted py-0.5 pl-1.5 font-mono text-xs"
              >
                <span className="truncate">{entry}</span>
                <button
                  type="button"
                  disabled={disabled}
                  aria-label={`Remove ${noun} ${entry}`}
                  className="flex size-5 shrink-0 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground disabled:opacity-50 pointer-coarse:size-8"
                  onClick={() => onChange(value.filter((other) => other !== entry))}
                >
                  <X aria-hidden className="size-3" />
                </button>
              </span>
            ))}
            <input
              {...aria}
              ref={input}
              id={id}
              role="combobox"
              aria-expanded={showing}
              aria-controls={showing ? listId : undefined}
              aria-activedescendant={showing && marked >= 0 ? `${listId}-${marked}` : undefined}
              aria-autocomplete="list"
              aria-describedby={[aria['aria-describedby'], fault && faultId]
                .filter(Boolean)
                .join(' ')}
              aria-invalid={aria['aria-invalid'] || fault !== undefined}
              autoComplete="off"
              spellCheck={false}
              disabled={disabled}
              placeholder={value.length === 0 ? placeholder : undefined}
              value={draft}
              className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-muted-foreground pointer-coarse:h-9"
              onChange={(event) => {
                setDraft(event.target.value);
                setFault(undefined);
                setMarked(-1);
                setOpen(true);
              }}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
              onFocus={() => setOpen(true)}
              onBlur={() => {
                setOpen(false);
                if (draft.trim()) add([draft]);
              }}
            />
          </div>
        </PopoverAnchor>
        <PopoverContent
          id={listId}
          role="listbox"
          aria-label={`Suggestions for ${noun}`}
          className="max-h-60 w-(--radix-popover-trigger-width) min-w-56 overflow-y-auto p-1"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (input.current?.parentElement?.contains(event.target as Node))
              event.preventDefault();
          }}
        >
          {offered.map((entry, index) => (
            <div
              key={entry}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === marked}
              ref={index === marked ? scrollIntoView : undefined}
              className={cn(
                'cursor-default truncate rounded-md px-2 py-1.5 font-mono text-xs hover:bg-hover pointer-coarse:py-3',
                index === marked && 'bg-hover',
              )}
              // Before the blur, which would take the draft as an entry.
              onMouseDown={(event) => {
                event.preventDefault();
                add([entry]);
              }}
            >
              {entry}
            </div>
          ))}
        </PopoverContent>
      </Popover>
      {fault && (
        <p id={faultId} role="alert" className="text-xs text-destructive">
          {fault}
        </p>
      )}
    </div>
  );
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
