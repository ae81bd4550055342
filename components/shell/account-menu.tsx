'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown, KeyRound, LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { ChangePasswordDialog } from '@/components/auth/change-password-dialog';
import { cn } from '@/components/ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { meQuery } from '@/lib/client/account';
import { useTenant } from './tenant-context';

export function AccountMenu({ collapsed = false }: { collapsed?: boolean }) {
  const me = useQuery(meQuery());
  const [changingPassword, setChangingPassword] = useState(false);
  const { role, tenant } = useTenant();
  const email = me.data?.user?.email ?? 'Account';

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={`Account: ${email}`}
          className={cn(
            'flex h-10 w-full items-center gap-2 rounded-md px-1.5 text-left transition-colors hover:bg-hover pointer-coarse:h-11',
            collapsed && 'justify-center px-0',
          )}
        >
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-subtle text-xs font-semibold text-accent uppercase"
          >
            {email.charAt(0)}
          </span>
          {!collapsed && (
            <>
              <span className="min-w-0 flex-1 truncate text-sm">{email}</span>
              <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
            </>
          )}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" side="top" className="w-60">
          <DropdownMenuLabel className="flex flex-col gap-0.5">
            <span className="truncate text-sm text-foreground">{email}</span>
            <span className="font-normal">
              {role.charAt(0).toUpperCase() + role.slice(1)} of {tenant.name}
            </span>
          </DropdownMenuLabel>
          <DropdownMenuSeparator />
          {me.data?.user?.hasPassword && (
            <DropdownMenuItem onSelect={() => setChangingPassword(true)}>
              <KeyRound /> Change password
            </DropdownMenuItem>
          )}
          <DropdownMenuItem onSelect={() => void signOut({ callbackUrl: '/signin' })}>
            <LogOut /> Sign out
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ChangePasswordDialog open={changingPassword} onOpenChange={setChangingPassword} />
    </>
  );
}
