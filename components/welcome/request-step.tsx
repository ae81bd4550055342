'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Card, CardContent } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { pickModel } from '@/components/keys/pick-model';
import { gatewayModelsQuery, sendChat } from '@/lib/client/gateway';
import { RequestOutcome } from './request-outcome';
import { Step } from './step';

const AUTO = 'auto';

export function RequestStep({ number, secret }: { number: number; secret: string }) {
  const [prompt, setPrompt] = useState('Say hello in one sentence.');
  const [chosen, setChosen] = useState<string>();
  const models = useQuery(gatewayModelsQuery(secret));
  const model = chosen ?? pickModel(models.data ?? []) ?? AUTO;
  const send = useMutation({
    mutationFn: () => sendChat(secret, { prompt, model: model === AUTO ? undefined : model }),
    gcTime: 0,
  });
  const answered = send.data !== undefined && send.data.error === null;

  function submit(event: FormEvent) {
    event.preventDefault();
    send.mutate();
  }

  return (
    <Step
      number={number}
      title="Send a first request"
      state={!secret ? 'waiting' : answered ? 'done' : 'current'}
      summary={
        answered
          ? 'Answered. The headers say what the policy did.'
          : 'From this page, through the gateway, with the key above.'
      }
    >
      <Card>
        <CardContent className="flex flex-col gap-4">
          <form onSubmit={submit} className="flex flex-col gap-4">
            <Field label="Message">
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  required
                  value={prompt}
                  onChange={(event) => setPrompt(event.target.value)}
                />
              )}
            </Field>
            <div className="flex flex-wrap items-end gap-3">
              <Field
                label="Model"
                className="min-w-56 flex-1"
                error={models.error ? models.error.message : undefined}
              >
                {(control) => (
                  <Combobox
                    {...control}
                    value={model}
                    onChange={setChosen}
                    allowCustom
                    options={[
                      { value: AUTO, label: 'Let the role decide' },
                      ...(models.data ?? []).map((id) => ({ value: id })),
                    ]}
                    searchPlaceholder="Search models…"
                  />
                )}
              </Field>
              <Button
                type="submit"
                loading={send.isPending}
                disabled={!prompt.trim() || models.isPending}
              >
                {!send.isPending && <Send />} Send request
              </Button>
            </div>
          </form>
          <RequestOutcome outcome={send.data} error={send.error} />
        </CardContent>
      </Card>
    </Step>
  );
}
