'use client';

import { useDeferredValue, useId, useMemo, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { findMatches, highlight, SAMPLE_LIMIT } from './pattern-matches';

/** Samples outlive a switch of tabs; they are no part of the policy and are never sent anywhere. */
const samples = new Map<string, string>();

type PatternTesterProps = { name: string; patterns: readonly string[]; title: string };

/** A box for a sample text that shows at once which patterns match it, and where. */
export function PatternTester({ name, patterns, title }: PatternTesterProps) {
  const id = useId();
  const [sample, setSample] = useState(samples.get(name) ?? '');
  const text = useDeferredValue(sample).slice(0, SAMPLE_LIMIT);
  const results = useMemo(
    () => patterns.map((pattern) => (pattern === '' ? null : findMatches(pattern, text))),
    [patterns, text],
  );
  const matching = results.filter((matches) => (matches?.length ?? 0) > 0).length;

  return (
    <div
      data-pattern-tester
      className="mt-1 flex flex-col gap-2 rounded-md border border-border bg-muted/50 p-3"
    >
      <Label htmlFor={id} className="text-xs">
        Try on a sample text
      </Label>
      <Textarea
        id={id}
        rows={2}
        aria-label={`Sample text for ${title.toLowerCase()}`}
        placeholder="Paste a prompt to see which patterns match. It stays in this browser."
        value={sample}
        onChange={(event) => {
          samples.set(name, event.target.value);
          setSample(event.target.value);
        }}
      />
      {text !== '' && (
        <>
          <p
            data-pattern-preview
            className="max-h-40 overflow-y-auto rounded-md border border-border bg-card px-2.5 py-1.5 font-mono text-xs break-words whitespace-pre-wrap"
          >
            {highlight(
              text,
              results.flatMap((matches) => matches ?? []),
            ).map((piece, index) =>
              piece.matched ? (
                <mark
                  key={index}
                  className="rounded-[3px] bg-warning-subtle font-medium text-warning"
                >
                  {piece.text}
                </mark>
              ) : (
                <span key={index}>{piece.text}</span>
              ),
            )}
          </p>
          <ul className="flex flex-wrap gap-1.5">
            {patterns.map((pattern, index) => (
              <li key={index} className="max-w-full">
                <Result pattern={pattern} count={results[index]?.length} />
              </li>
            ))}
          </ul>
          <p role="status" className="text-xs text-muted-foreground">
            {matching === 0
              ? 'No pattern matches this text.'
              : `${matching} of ${patterns.length} ${patterns.length === 1 ? 'pattern matches' : 'patterns match'} this text.`}
          </p>
        </>
      )}
    </div>
  );
}

function Result({ pattern, count }: { pattern: string; count: number | undefined }) {
  const verdict =
    count === undefined ? 'not valid' : `${count} ${count === 1 ? 'match' : 'matches'}`;
  const variant = count === undefined ? 'destructive' : count > 0 ? 'warning' : 'outline';
  return (
    <Badge variant={variant} className="max-w-full">
      <span className="truncate font-mono">{pattern || 'empty'}</span>
      <span className="shrink-0">{verdict}</span>
    </Badge>
  );
}
