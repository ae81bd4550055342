'use client';

import { useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { useEvaluate } from '@/lib/client/evaluate';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useEditor } from '../editor-context';
import { Group } from '../layout/group';
import { chatRequestOf, type TriedRequest } from './try-routing-request';
import { TryRoutingResult } from './try-routing-result';

/** What was tried last outlives a switch of tabs; it is no part of the policy. */
let tried: TriedRequest = { prompt: '', withTools: false, withImage: false, withSchema: false };

const OPTIONS = {
  withTools: 'Offers a tool',
  withImage: 'Carries an image',
  withSchema: 'Asks for a JSON schema',
} as const satisfies Partial<Record<keyof TriedRequest, string>>;

/** Tries a prompt on the policy as it stands in the form: score or task, candidates, order. */
export function TryRouting() {
  const id = useId();
  const { tenantId, roleId } = useEditor();
  const { getValues } = useFormContext<RolePolicy>();
  const [request, setRequest] = useState(tried);
  const { mutate, data, error, isPending } = useEvaluate(tenantId, roleId);

  const change = (part: Partial<TriedRequest>) => {
    tried = { ...request, ...part };
    setRequest(tried);
  };
  const run = () => mutate({ request: chatRequestOf(request), policy: getValues() });

  return (
    <Group title="Try a Prompt">
      <div data-try-routing className="flex flex-col gap-3 py-3">
        <Label htmlFor={id} className="text-xs">
          Sample prompt
        </Label>
        <Textarea
          id={id}
          rows={3}
          placeholder="Write a prompt to see which model would answer it. No provider is called."
          value={request.prompt}
          onChange={(event) => change({ prompt: event.target.value })}
        />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          {Object.entries(OPTIONS).map(([name, label]) => (
            <div key={name} className="flex items-center gap-2">
              <Checkbox
                id={`${id}-${name}`}
                checked={request[name as keyof typeof OPTIONS]}
                onCheckedChange={(checked) => change({ [name]: checked === true })}
              />
              <Label htmlFor={`${id}-${name}`} className="font-normal">
                {label}
              </Label>
            </div>
          ))}
          <Button
            variant="outline"
            className="ml-auto"
            loading={isPending}
            disabled={request.prompt.trim() === ''}
            onClick={run}
          >
            Show the route
          </Button>
        </div>
        <p className="text-xs text-muted-foreground">
          Judged by the policy as it stands here, saved or not. Nothing is consumed.
        </p>
        <div role="status" aria-live="polite">
          {error && <p className="text-sm text-destructive">{error.message}</p>}
          {!error && data && <TryRoutingResult evaluation={data} />}
        </div>
      </div>
    </Group>
  );
}
