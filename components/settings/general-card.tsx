'use client';

import { useState, type FormEvent } from 'react';
import { FormError } from '@/components/forms/form-error';
import { EditGuard } from '@/components/shell/edit-guard';
import { timezones } from '@/components/shell/slug';
import { useTenant } from '@/components/shell/tenant-context';
import { TierSelect } from '@/components/shell/tier-select';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { ApiError } from '@/lib/client/api';
import { useUpdateTenant } from '@/lib/client/tenants';
import type { LogContent } from '@/lib/client/types';

const LOG_CONTENT: { value: LogContent; label: string; description: string }[] = [
  { value: 'none', label: 'Nothing', description: 'Receipts keep no prompt and no answer' },
  {
    value: 'redacted',
    label: 'Redacted',
    description: 'Personal data and secrets are replaced before they are stored',
  },
  { value: 'full', label: 'Everything', description: 'Prompts and answers as they were' },
];

export function GeneralCard() {
  const { tenant, canManage } = useTenant();
  const [draft, setDraft] = useState({
    name: tenant.name,
    slug: tenant.slug,
    tier: tenant.tier,
    timezone: tenant.timezone,
    logContent: tenant.logContent,
  });
  const update = useUpdateTenant(tenant.id);
  const fault = update.error instanceof ApiError ? update.error : null;
  const patch = Object.fromEntries(
    Object.entries(draft).filter(([field, value]) => tenant[field as keyof typeof draft] !== value),
  );
  const changed = Object.keys(patch).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate(patch, { onSuccess: () => toast.success('Settings saved.') });
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>General</CardTitle>
      </CardHeader>
      <form onSubmit={submit}>
        <CardContent className="flex flex-col gap-4">
          <FormError error={update.error} fields={Object.keys(draft)} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" error={fault?.issueAt('name')}>
              {(control) => (
                <Input
                  {...control}
                  required
                  disabled={!canManage}
                  value={draft.name}
                  onChange={(event) => setDraft({ ...draft, name: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Slug"
              hint="Names the tenant in API paths."
              error={fault?.issueAt('slug')}
            >
              {(control) => (
                <Input
                  {...control}
                  className="font-mono"
                  required
                  disabled={!canManage}
                  value={draft.slug}
                  onChange={(event) => setDraft({ ...draft, slug: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Tier"
              hint="Decides what new roles start with. Existing policies stay as they are."
              error={fault?.issueAt('tier')}
            >
              {(control) => (
                <TierSelect
                  {...control}
                  disabled={!canManage}
                  value={draft.tier}
                  onChange={(tier) => setDraft({ ...draft, tier })}
                />
              )}
            </Field>
            <Field
              label="Time zone"
              hint="Budget days, weeks and months begin at its midnight."
              error={fault?.issueAt('timezone')}
            >
              {(control) => (
                <Combobox
                  {...control}
                  disabled={!canManage}
                  value={draft.timezone}
                  onChange={(timezone) => setDraft({ ...draft, timezone })}
                  options={timezones().map((zone) => ({ value: zone }))}
                  searchPlaceholder="Search time zones…"
                />
              )}
            </Field>
            <Field
              label="Content in the request log"
              hint="For requests from now on."
              error={fault?.issueAt('logContent')}
            >
              {(control) => (
                <Select
                  disabled={!canManage}
                  value={draft.logContent}
                  onValueChange={(value) =>
                    setDraft({
                      ...draft,
                      logContent:
                        LOG_CONTENT.find((entry) => entry.value === value)?.value ??
                        draft.logContent,
                    })
                  }
                >
                  <SelectTrigger {...control}>
                    <SelectValue />
                  </SelectTrigger>
                  <SelectContent>
                    {LOG_CONTENT.map((entry) => (
                      <SelectItem
                        key={entry.value}
                        value={entry.value}
                        description={entry.description}
                      >
                        {entry.label}
                      </SelectItem>
                    ))}
                  </SelectContent>
                </Select>
              )}
            </Field>
          </div>
        </CardContent>
        <CardFooter className="justify-end">
          <EditGuard owner>
            {(disabled) => (
              <Button type="submit" disabled={disabled || !changed} loading={update.isPending}>
                Save
              </Button>
            )}
          </EditGuard>
        </CardFooter>
      </form>
    </Card>
  );
}
