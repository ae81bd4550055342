'use client';

import Link from 'next/link';
import { TierBadge } from '@/components/shell/tier-badge';
import { Badge } from '@/components/ui/badge';
import { ResponsiveTable } from '@/components/ui/responsive-table';
import { TableCell, TableHead, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { RoleView } from '@/lib/client/types';
import { RoleActions } from './role-actions';
import { SectionIcons } from './section-icons';

type RoleHandlers = {
  onDuplicate: (role: RoleView) => void;
  onDelete: (role: RoleView) => void;
};

function RoleName({ role }: { role: RoleView }) {
  return (
    <div className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-2">
        <Link
          href={`/roles/${role.id}`}
          className="truncate rounded-sm font-medium hover:text-accent"
        >
          {role.name}
        </Link>
        {role.isDefault && <Badge>Default</Badge>}
      </span>
      {role.description && (
        <span className="line-clamp-1 max-w-md text-xs text-muted-foreground">
          {role.description}
        </span>
      )}
    </div>
  );
}

function LastChange({ role }: { role: RoleView }) {
  if (!role.lastChange) return <span className="text-muted-foreground">Never changed</span>;
  return (
    <div className="flex min-w-0 flex-col">
      <Time at={role.lastChange.at} />
      {role.lastChange.by && (
        <span className="max-w-44 truncate text-xs text-muted-foreground">
          {role.lastChange.by}
        </span>
      )}
    </div>
  );
}

export function RolesTable({ roles, ...handlers }: RoleHandlers & { roles: readonly RoleView[] }) {
  return (
    <ResponsiveTable
      framed
      label="Roles"
      rows={roles}
      head={
        <>
          <TableHead>Role</TableHead>
          <TableHead>Policy</TableHead>
          <TableHead>Tier</TableHead>
          <TableHead className="text-right">Keys</TableHead>
          <TableHead>Last change</TableHead>
          <TableHead className="w-12">
            <span className="sr-only">Actions</span>
          </TableHead>
        </>
      }
      renderRow={(role) => <RoleRow key={role.id} role={role} {...handlers} />}
      renderItem={(role) => <RoleItem key={role.id} role={role} {...handlers} />}
    />
  );
}

type RoleProps = RoleHandlers & { role: RoleView };

function RoleRow({ role, ...handlers }: RoleProps) {
  return (
    <TableRow>
      <TableCell className="max-w-80">
        <RoleName role={role} />
      </TableCell>
      <TableCell className="min-w-60">
        <SectionIcons sections={role.sections} />
      </TableCell>
      <TableCell>
        {role.tier ? (
          <TierBadge tier={role.tier} />
        ) : (
          <span className="text-muted-foreground">Custom</span>
        )}
      </TableCell>
      <TableCell className="text-right tabular-nums">{role.keyCount}</TableCell>
      <TableCell>
        <LastChange role={role} />
      </TableCell>
      <TableCell className="py-1.5 pr-2 text-right">
        <RoleActions role={role} {...handlers} />
      </TableCell>
    </TableRow>
  );
}

function RoleItem({ role, ...handlers }: RoleProps) {
  return (
    <li className="rounded-lg border border-border bg-card p-4">
      <div className="flex items-start justify-between gap-2">
        <RoleName role={role} />
        <div className="-my-2 -mr-2 shrink-0">
          <RoleActions role={role} {...handlers} />
        </div>
      </div>
      <div className="mt-3">
        <SectionIcons sections={role.sections} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground">
        {role.tier && <TierBadge tier={role.tier} />}
        <span>
          {role.keyCount} {role.keyCount === 1 ? 'key' : 'keys'}
        </span>
        {role.lastChange && (
          <span>
            Changed <Time at={role.lastChange.at} />
          </span>
        )}
      </div>
    </li>
  );
}
