'use client';

import { useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { optionId, type SuggestionList } from './use-suggestion-list';

type SuggestionPopupProps = {
  list: SuggestionList;
  label: string;
  onChoose: (value: string) => void;
};

/** The list below its input; it stays within the page's flow, so that it scrolls with its field. */
export function SuggestionPopup({ list, label, onChoose }: SuggestionPopupProps) {
  const box = useRef<HTMLDivElement>(null);
  const { open, active, id } = list;

  useEffect(() => {
    if (open && active >= 0)
      document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' });
  }, [open, active, id]);

  return (
    <div
      ref={box}
      className={cn(
        'absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-lg border border-border bg-popover p-1 text-popover-foreground shadow-overlay',
        !open && 'hidden',
      )}
      // The input keeps the focus while the mouse works in the list.
      onMouseDown={(event) => event.preventDefault()}
    >
      <ul id={id} role="listbox" aria-label={label}>
        {list.items.map((item, index) => (
          <li key={item.value} role="presentation">
            {item.group !== list.items[index - 1]?.group && (
              <div
                aria-hidden
                className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted-foreground"
              >
                {item.group}
              </div>
            )}
            <div
              id={optionId(id, index)}
              role="option"
              aria-selected={index === active}
              onMouseMove={() => list.setActive(index)}
              onClick={() => onChoose(item.value)}
              className={cn(
                'flex min-h-7 cursor-default items-center justify-between gap-3 rounded-md px-2 py-1 text-sm pointer-coarse:min-h-11',
                index === active && 'bg-hover',
              )}
            >
              <span className="min-w-0 truncate font-mono text-xs">{item.value}</span>
              {item.hint && (
                <span className="shrink-0 text-xs text-muted-foreground">{item.hint}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
