'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';

const SHOWN = 8;

/** The models of a connection; a long list opens on demand. */
export function ModelChips({
  models,
  catalogueCount,
}: {
  models: readonly string[];
  catalogueCount: number;
}) {
  const [all, setAll] = useState(false);
  if (models.length === 0) {
    return (
      <p className="text-xs text-muted-foreground">
        {catalogueCount > 0
          ? `All models, ${catalogueCount} of them with known prices`
          : 'Any model, named as provider/model'}
      </p>
    );
  }
  const shown = all ? models : models.slice(0, SHOWN);
  return (
    <ul className="flex flex-wrap items-center gap-1" aria-label="Models">
      {shown.map((model) => (
        <li
          key={model}
          className="max-w-full truncate rounded-sm bg-muted px-1.5 py-0.5 font-mono text-xs"
        >
          {model}
        </li>
      ))}
      {models.length > SHOWN && (
        <li>
          <Button
            variant="link"
            size="sm"
            className="h-5 px-1"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? 'Show fewer' : `${models.length - SHOWN} more`}
          </Button>
        </li>
      )}
    </ul>
  );
}
