'use client';

import { MoreHorizontal, Pencil, PlugZap, Trash2 } from 'lucide-react';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast';
import { useTestProvider, useUpdateProvider } from '@/lib/client/providers';
import type { ProviderView } from '@/lib/client/types';
import { KINDS } from './kinds';
import { ModelChips } from './model-chips';
import { ProviderIcon } from './provider-icon';
import { TestResult } from './test-result';

type ProviderCardProps = {
  provider: ProviderView;
  catalogueCount: number;
  onEdit: () => void;
  onDelete: () => void;
};

export function ProviderCard({ provider, catalogueCount, onEdit, onDelete }: ProviderCardProps) {
  const { tenant, canEdit } = useTenant();
  const update = useUpdateProvider(tenant.id);
  const test = useTestProvider(tenant.id);
  const info = KINDS[provider.kind];

  function setEnabled(enabled: boolean) {
    update.mutate(
      { id: provider.id, enabled },
      {
        onSuccess: () =>
          toast.success(
            enabled
              ? `${provider.name} is enabled.`
              : `${provider.name} is disabled: nothing is sent to it.`,
          ),
        onError: (error) => toast.error(error.message),
      },
    );
  }

  return (
    <li className="flex flex-col gap-3 p-4">
      <div className="flex items-start gap-3">
        <ProviderIcon
          kind={provider.kind}
          className={cn(!provider.enabled && 'border-dashed bg-transparent')}
        />
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="truncate font-mono text-sm font-medium">{provider.name}</h2>
            {provider.kind === 'sandbox' && <Badge variant="warning">Simulator</Badge>}
            {!provider.enabled && <Badge variant="outline">Disabled</Badge>}
          </div>
          <p className="truncate text-xs text-muted-foreground">
            {info.label}
            {provider.baseUrl && ` · ${provider.baseUrl}`}
            {provider.hasCredential && ` · key ${provider.credentialHint || 'stored'}`}
          </p>
        </div>
        <div className="flex shrink-0 items-center gap-2">
          <EditGuard>
            {(disabled) => (
              <Switch
                checked={provider.enabled}
                disabled={disabled || update.isPending}
                aria-label={`${provider.name} enabled`}
                onCheckedChange={setEnabled}
              />
            )}
          </EditGuard>
          <EditGuard>
            {(disabled) => (
              <Button
                variant="outline"
                size="sm"
                disabled={disabled}
                loading={test.isPending}
                aria-label={`Test ${provider.name}`}
                onClick={() => test.mutate(provider.id)}
              >
                {!test.isPending && <PlugZap />}
                <span className="hidden sm:inline">Test</span>
              </Button>
            )}
          </EditGuard>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Actions for provider ${provider.name}`}
              >
                <MoreHorizontal />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem disabled={!canEdit} onSelect={onEdit}>
                <Pencil /> Edit
              </DropdownMenuItem>
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="destructive" disabled={!canEdit} onSelect={onDelete}>
                <Trash2 /> Delete
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        </div>
      </div>
      <div className="flex flex-col gap-2 sm:pl-11">
        <ModelChips models={provider.models} catalogueCount={catalogueCount} />
        <TestResult
          result={test.data ?? provider.lastTest}
          error={test.error}
          pending={test.isPending}
        />
      </div>
    </li>
  );
}
