'use client';

import { useState } from 'react';
import { CreateKeyForm } from '@/components/keys/create-key-form';
import { KeySecret } from '@/components/keys/key-secret';
import { useEditHint, useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card, CardContent } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { NewKey, RoleView } from '@/lib/client/types';
import { Step } from './step';

type KeyStepProps = {
  number: number;
  /** Whether there is a provider to send requests to. */
  ready: boolean;
  role: RoleView | undefined;
  /** The key that was made on this page. */
  created: NewKey | null;
  secret: string;
  onCreated: (key: NewKey) => void;
  onPaste: (secret: string) => void;
};

export function KeyStep({
  number,
  ready,
  role,
  created,
  secret,
  onCreated,
  onPaste,
}: KeyStepProps) {
  const { canEdit } = useTenant();
  const hint = useEditHint();
  const [pasting, setPasting] = useState(!canEdit);
  const state = secret ? 'done' : ready && role ? 'current' : 'waiting';
  return (
    <Step
      number={number}
      title="Create an API key"
      state={state}
      summary={
        state === 'done'
          ? created
            ? `Key ${created.name} belongs to role ${created.role.name}.`
            : 'Using the key you pasted.'
          : (hint ?? 'Applications authenticate with it. It is kept on this page until you leave.')
      }
    >
      {created ? (
        <Card>
          <CardContent>
            <KeySecret created={created} />
          </CardContent>
        </Card>
      ) : (
        <Card>
          <CardContent className="flex flex-col gap-3">
            {!pasting && role && (
              <CreateKeyForm
                key={role.id}
                roleId={role.id}
                defaultName="First key"
                onCreated={onCreated}
                cancel={<Other label="I already have a key" onClick={() => setPasting(true)} />}
              />
            )}
            {pasting && (
              <Field label="API key" hint="Stays in this browser tab.">
                {(control) => (
                  <Input
                    {...control}
                    type="password"
                    className="font-mono"
                    placeholder="rg_…"
                    autoComplete="off"
                    value={secret}
                    onChange={(event) => onPaste(event.target.value.trim())}
                  />
                )}
              </Field>
            )}
            {pasting && canEdit && (
              <Other
                label="Create a new key instead"
                onClick={() => {
                  onPaste('');
                  setPasting(false);
                }}
              />
            )}
          </CardContent>
        </Card>
      )}
    </Step>
  );
}

function Other({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="link" className="self-start px-0 sm:mr-auto" onClick={onClick}>
      {label}
    </Button>
  );
}
