'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { useMatch } from '@/lib/client/cache';
import { useEditor } from '../editor-context';
import { useFieldValue } from '../fields/use-field-value';
import { Group } from '../layout/group';
import { TryMatchResult } from './try-match-result';

/** What was tried last outlives a switch of tabs; it is no part of the policy. */
let tried = { a: '', b: '' };

/** Whether two questions would share an answer under the threshold that stands in the form. */
export function TryMatch() {
  const id = useId();
  const { tenantId } = useEditor();
  const threshold = useFieldValue('cachingPolicy.similarityThreshold');
  const [questions, setQuestions] = useState(tried);
  const { mutate, data, error, isPending, reset } = useMatch(tenantId);
  const change = (part: Partial<typeof tried>) => {
    tried = { ...questions, ...part };
    setQuestions(tried);
    reset();
  };
  const isComplete = questions.a.trim() !== '' && questions.b.trim() !== '';

  return (
    <Group title="Would These Two Match?">
      <div data-try-match className="flex flex-col gap-3 py-3">
        {(['a', 'b'] as const).map((name) => (
          <div key={name} className="flex flex-col gap-1.5">
            <Label htmlFor={`${id}-${name}`} className="text-xs">
              {name === 'a' ? 'Answered before' : 'Asked now'}
            </Label>
            <Textarea
              id={`${id}-${name}`}
              rows={2}
              maxLength={2000}
              value={questions[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          </div>
        ))}
        <div className="flex items-center justify-between gap-4">
          <p className="text-xs text-muted-foreground">
            Judged at the threshold as it stands here. Nothing is kept.
          </p>
          <Button
            variant="outline"
            loading={isPending}
            disabled={!isComplete}
            onClick={() => mutate(questions)}
          >
            Compare
          </Button>
        </div>
        <div role="status" aria-live="polite">
          {error && <p className="text-sm text-destructive">{error.message}</p>}
          {!error && data && (
            <TryMatchResult match={data} threshold={threshold} same={questions.a === questions.b} />
          )}
        </div>
      </div>
    </Group>
  );
}
