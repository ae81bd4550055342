'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { CreateTenantDialog } from './create-tenant-dialog';
import { LogoMark } from './logo';
import { useTenant } from './tenant-context';
import { TierBadge } from './tier-badge';

type TenantSwitcherProps = {
  collapsed?: boolean;
  /** Told after a switch, so that a drawer around it can close. */
  onSwitched?: () => void;
};

export function TenantSwitcher({ collapsed = false, onSwitched }: TenantSwitcherProps) {
  const { tenant, tenants, switchTenant } = useTenant();
  const [creating, setCreating] = useState(false);

  function change(id: string) {
    switchTenant(id);
    onSwitched?.();
  }

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={`Tenant: ${tenant.name}. Switch tenant`}
          className={cn(
            'flex h-10 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left transition-colors hover:bg-hover pointer-coarse:h-11',
            collapsed && 'justify-center px-0',
          )}
        >
          <LogoMark />
          {!collapsed && (
            <>
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="truncate text-sm leading-4 font-semibold">{tenant.name}</span>
                <span className="truncate text-xs leading-4 text-muted-foreground">Rolegate</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
            </>
          )}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="w-64">
          <DropdownMenuLabel>Tenants</DropdownMenuLabel>
          {tenants.map((entry) => (
            <DropdownMenuItem key={entry.id} onSelect={() => change(entry.id)}>
              <span className="min-w-0 flex-1 truncate">{entry.name}</span>
              <TierBadge tier={entry.tier} />
              <Check
                className={cn('text-accent!', entry.id !== tenant.id && 'invisible')}
                aria-label={entry.id === tenant.id ? 'current' : undefined}
              />
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setCreating(true)}>
            <Plus /> New tenant
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <CreateTenantDialog open={creating} onOpenChange={setCreating} onCreated={change} />
    </>
  );
}
