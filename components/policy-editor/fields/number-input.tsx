'use client';

import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { cn } from '@/components/ui/cn';
import { fieldClasses } from '@/components/ui/input';
import { editableNumber, formatNumber, parseNumber, tidy } from '../format/number';

export type NumberInputProps = {
  value: number;
  onChange: (value: number) => void;
  onBlur?: () => void;
  min?: number;
  max?: number;
  /** What the arrow keys add; ten times that with Shift. */
  step?: number;
  /** Decimals that are always shown: 2 for money. */
  minDecimals?: number;
  prefix?: string;
  unit?: string;
  id?: string;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-labelledby'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true | undefined;
};

/**
 * A number as text: grouped for reading, plain while it is edited, NaN when it is none, so that the
 * schema refuses it. A native number input would drop what it cannot read.
 */
export function NumberInput({
  value,
  onChange,
  onBlur,
  min,
  max,
  step = 1,
  minDecimals = 0,
  prefix,
  unit,
  disabled,
  className,
  ...control
}: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const keepsDraft = draft !== null && (focused || Number.isNaN(value));

  // The text lost its grouping, and with it the selection that Tab had made.
  useLayoutEffect(() => {
    if (focused) input.current?.select();
  }, [focused]);

  function bounded(next: number): number {
    return tidy(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, next)));
  }

  function stepBy(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const distance = step * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
    const next = bounded((Number.isFinite(value) ? value : (min ?? 0)) + distance);
    setDraft(editableNumber(next, minDecimals));
    onChange(next);
  }

  return (
    <div className={cn('relative w-44', className)}>
      {prefix && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-sm text-muted-foreground"
        >
          {prefix}
        </span>
      )}
      <input
        ref={input}
        type="text"
        inputMode={step < 1 || minDecimals > 0 ? 'decimal' : 'numeric'}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        value={keepsDraft ? draft : formatNumber(value, minDecimals)}
        onFocus={() => {
          setFocused(true);
          setDraft((kept) =>
            Number.isNaN(value) && kept ? kept : editableNumber(value, minDecimals),
          );
        }}
        onChange={(event) => {
          setDraft(event.target.value);
          onChange(parseNumber(event.target.value));
        }}
        onBlur={() => {
          setFocused(false);
          onBlur?.();
        }}
        onKeyDown={stepBy}
        className={cn(
          fieldClasses,
          'h-8 px-2.5 tabular-nums pointer-coarse:h-11',
          prefix && 'pl-6',
          unit && unitPadding(unit),
        )}
        {...control}
      />
      {unit && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-muted-foreground"
        >
          {unit}
        </span>
      )}
    </div>
  );
}

/** Room for the unit inside the box. */
function unitPadding(unit: string): string {
  if (unit.length <= 2) return 'pr-8';
  return unit.length <= 6 ? 'pr-16' : 'pr-20';
}
