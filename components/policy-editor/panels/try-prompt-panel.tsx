'use client';

import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/client/api';
import { tenantPath } from '@/lib/client/paths';
import type { ReceiptDetail } from '@/lib/client/requests';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useEditor } from '../editor-context';
import { Group } from '../layout/group';
import { tryPromptPolicy, tryPromptRequest, type TriedText } from './try-prompt-request';
import { TryPromptResult } from './try-prompt-result';

/** What was tried last outlives a switch of tabs; it is no part of the policy. */
let tried: TriedText = { text: '', asToolResult: false };

/** Tries a text on the prompt checks as they stand in the form: verdict, score, reasons, what would be sent. */
export function TryPromptPanel() {
  const id = useId();
  const { tenantId, roleId } = useEditor();
  const { getValues } = useFormContext<RolePolicy>();
  const [request, setRequest] = useState(tried);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (request: TriedText) => {
      const promptPolicies = getValues('promptPolicies');
      const receipt = await api.post<ReceiptDetail>(
        tenantPath(tenantId, 'roles', roleId, 'evaluate'),
        {
          request: tryPromptRequest(request),
          policy: tryPromptPolicy(promptPolicies),
        },
      );
      return { receipt, judged: { text: request.text, sanitize: promptPolicies.sanitize } };
    },
  });

  const change = (part: Partial<TriedText>) => {
    tried = { ...request, ...part };
    setRequest(tried);
  };

  return (
    <Group title="Try It">
      <div data-try-prompt className="flex flex-col gap-3 py-3">
        <Label htmlFor={id} className="text-xs">
          Sample text
        </Label>
        <Textarea
          id={id}
          rows={4}
          placeholder="Paste a prompt to see what these checks make of it. No provider is called."
          value={request.text}
          onChange={(event) => change({ text: event.target.value })}
        />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <div className="flex items-center gap-2">
            <Checkbox
              id={`${id}-tool`}
              checked={request.asToolResult}
              onCheckedChange={(checked) => change({ asToolResult: checked === true })}
            />
            <Label htmlFor={`${id}-tool`} className="font-normal">
              As a tool&rsquo;s result
            </Label>
          </div>
          <Button
            variant="outline"
            className="ml-auto"
            loading={isPending}
            disabled={request.text.trim() === ''}
            onClick={() => mutate(request)}
          >
            Check the text
          </Button>
        </div>
        <p className="text-xs text-muted-foreground">
          Judged by this tab as it stands, saved or not. Nothing is consumed.
        </p>
        <div role="status" aria-live="polite">
          {error && <p className="text-sm text-destructive">{error.message}</p>}
          {!error && data && <TryPromptResult {...data} />}
        </div>
      </div>
    </Group>
  );
}
