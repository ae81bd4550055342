'use client';

import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { filterSuggestions, type Suggestion } from './suggestions';

export type SuggestionList = {
  id: string;
  open: boolean;
  items: readonly Suggestion[];
  /** Index of the highlighted item, -1 for none: Enter then takes the text as it stands. */
  active: number;
  setActive: (index: number) => void;
  setOpen: (open: boolean) => void;
  /** Takes the arrow keys and Escape; says whether it did. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  /** ARIA of the text input that drives the list. */
  inputProps: {
    role: 'combobox';
    'aria-expanded': boolean;
    'aria-controls': string;
    'aria-autocomplete': 'list';
    'aria-activedescendant': string | undefined;
  };
};

export const optionId = (listId: string, index: number) => `${listId}-${index}`;

/** The open list below a text input, driven by its text and keys (ARIA 1.2 combobox pattern). */
export function useSuggestionList(
  all: readonly Suggestion[],
  query: string,
  taken: readonly string[],
): SuggestionList {
  const id = useId();
  const [open, setOpenState] = useState(false);
  const [active, setActive] = useState(-1);
  const items = useMemo(
    () => (open ? filterSuggestions(all, query, new Set(taken)) : []),
    [open, all, query, taken],
  );
  const shown = open && items.length > 0;

  function setOpen(next: boolean) {
    setOpenState(next);
    setActive(-1);
  }

  function onKeyDown(event: KeyboardEvent): boolean {
    if (event.key === 'Escape' && shown) {
      // Not to the dialog or drawer around: Escape closes one thing at a time.
      event.stopPropagation();
      setOpen(false);
      return true;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return false;
    event.preventDefault();
    if (!open) setOpenState(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setActive((current) => {
      const next = current + step;
      if (next < -1) return items.length - 1;
      return next >= items.length ? -1 : next;
    });
    return true;
  }

  return {
    id,
    open: shown,
    items,
    active,
    setActive,
    setOpen,
    onKeyDown,
    inputProps: {
      role: 'combobox',
      'aria-expanded': shown,
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-activedescendant': shown && active >= 0 ? optionId(id, active) : undefined,
    },
  };
}
