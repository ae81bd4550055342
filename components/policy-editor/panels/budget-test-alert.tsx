'use client';

import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import { CHANNEL_NAMES } from '@/components/budget/channels';
import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { type TestAlertResult, useTestAlert } from '@/lib/client/budgets';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useEditor } from '../editor-context';

/** Sends a test alert to the channels as they stand in the form, saved or not, and says what came of it. */
export function BudgetTestAlert() {
  const { tenantId, roleId, readOnly } = useEditor();
  const { getValues } = useFormContext<RolePolicy>();
  const { mutate, data, error, isPending } = useTestAlert(tenantId, roleId);
  const send = () => {
    const { alertWebhook, alertEmails, alertSlack } = getValues('budgetPolicy');
    mutate({ alertWebhook, alertEmails, alertSlack });
  };
  return (
    <div className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-xs text-muted-foreground">
          Sends to the channels above as they stand, saved or not.
        </p>
        <Button variant="outline" size="sm" disabled={readOnly || isPending} onClick={send}>
          {isPending ? <Spinner /> : <Send />} Send a test alert
        </Button>
      </div>
      <div role="status" className="flex flex-col gap-1 text-sm empty:hidden">
        {error && <p className="text-destructive">{error.message}</p>}
        {data?.items.map((result) => (
          <Outcome key={`${result.channel} ${result.target}`} result={result} />
        ))}
      </div>
    </div>
  );
}

function Outcome({ result: { channel, target, status, error } }: { result: TestAlertResult }) {
  const sent = status === 'sent';
  const Icon = sent ? CircleCheck : CircleAlert;
  return (
    <p className="flex items-start gap-2">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4 shrink-0 ${sent ? 'text-success' : 'text-destructive'}`}
      />
      <span className="min-w-0 break-words">
        {CHANNEL_NAMES[channel]} {target}: {sent ? 'delivered' : (error ?? status)}
      </span>
    </p>
  );
}
