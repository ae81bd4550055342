'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { cn } from './cn';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from './command';
import { fieldClasses } from './input';
import { Popover, PopoverContent, PopoverTrigger } from './popover';

export type ComboboxOption = {
  value: string;
  /** Default: the value. */
  label?: string;
  /** Quiet text at the right. */
  hint?: string;
  /** Options of one group stand under its heading. */
  group?: string;
};

export type ComboboxProps = {
  value: string;
  onChange: (value: string) => void;
  options: readonly ComboboxOption[];
  placeholder?: string;
  searchPlaceholder?: string;
  emptyText?: string;
  /** Whether what was typed may be taken although no option has it. */
  allowCustom?: boolean;
  disabled?: boolean;
  className?: string;
  id?: string;
  'aria-label'?: string;
  'aria-labelledby'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

function grouped(options: readonly ComboboxOption[]): [string, ComboboxOption[]][] {
  const groups = new Map<string, ComboboxOption[]>();
  for (const option of options) {
    const group = option.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  return [...groups];
}

/** One value out of many, found by typing; optionally a value of one's own. */
export function Combobox({
  value,
  onChange,
  options,
  placeholder = 'Choose…',
  searchPlaceholder = 'Search…',
  emptyText = 'Nothing found.',
  allowCustom = false,
  disabled,
  className,
  ...aria
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const contentId = useId();
  const custom = query.trim();
  const offersCustom = allowCustom && custom !== '' && !options.some((o) => o.value === custom);

  function choose(next: string) {
    onChange(next);
    setQuery('');
    setOpen(false);
  }

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-controls={contentId}
          disabled={disabled}
          className={cn(
            fieldClasses,
            'flex h-8 items-center justify-between gap-2 px-2.5 text-left pointer-coarse:h-11',
            !value && 'text-muted-foreground',
            className,
          )}
          {...aria}
        >
          <span className="truncate">
            {value ? (options.find((o) => o.value === value)?.label ?? value) : placeholder}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        </button>
      </PopoverTrigger>
      <PopoverContent
        id={contentId}
        aria-label={searchPlaceholder}
        className="w-[max(16rem,var(--radix-popover-trigger-width))] p-0"
      >
        <Command>
          <CommandInput value={query} onValueChange={setQuery} placeholder={searchPlaceholder} />
          <CommandList>
            {!offersCustom && <CommandEmpty>{emptyText}</CommandEmpty>}
            {offersCustom && (
              <CommandGroup forceMount>
                <CommandItem forceMount value={`custom:${custom}`} onSelect={() => choose(custom)}>
                  <Plus className="text-muted-foreground" />
                  Use “{custom}”
                </CommandItem>
              </CommandGroup>
            )}
            {grouped(options).map(([group, entries]) => (
              <CommandGroup key={group} heading={group || undefined}>
                {entries.map((option) => (
                  <CommandItem
                    key={option.value}
                    value={`${option.value} ${option.label ?? ''}`}
                    onSelect={() => choose(option.value)}
                  >
                    <Check className={cn('text-accent', option.value !== value && 'invisible')} />
                    <span className="min-w-0 flex-1 truncate">{option.label ?? option.value}</span>
                    {option.hint && (
                      <span className="text-xs text-muted-foreground">{option.hint}</span>
                    )}
                  </CommandItem>
                ))}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
