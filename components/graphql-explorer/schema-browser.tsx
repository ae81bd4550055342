'use client';

import { useMemo, useState } from 'react';
import { Input } from '@/components/ui/input';
import { definitionsOf, search } from './definitions';

/** The schema's definitions, folded to their names, with a search over all of them. */
export function SchemaBrowser({ sdl }: { sdl: string }) {
  const [words, setWords] = useState('');
  const definitions = useMemo(() => definitionsOf(sdl), [sdl]);
  const found = search(definitions, words);
  return (
    <section className="mt-8 flex flex-col gap-3" aria-labelledby="graphql-schema">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="graphql-schema" className="text-base font-semibold tracking-tight">
          Schema
        </h2>
        <Input
          type="search"
          aria-label="Search the schema"
          placeholder="Search, such as RoutingPolicy"
          className="w-full sm:w-72"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="divide-y divide-border rounded-lg border border-border bg-card">
        {found.map(({ name, text }) => (
          <details key={name}>
            <summary className="min-h-9 px-4 py-2 font-mono text-xs pointer-coarse:min-h-11">
              {name}
            </summary>
            <pre className="overflow-x-auto border-t border-border px-4 py-3 font-mono text-xs leading-5">
              {text}
            </pre>
          </details>
        ))}
        {found.length === 0 && (
          <p className="px-4 py-3 text-sm text-muted-foreground">
            Nothing in the schema is called so.
          </p>
        )}
      </div>
    </section>
  );
}
