'use client';

import Link from 'next/link';
import { EditGuard } from '@/components/shell/edit-guard';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ResponsiveTable } from '@/components/ui/responsive-table';
import { TableCell, TableHead, TableRow } from '@/components/ui/table';
import { DateOnly, Time } from '@/components/ui/time';
import type { KeyView } from '@/lib/client/types';
import { isUsable, keyStatus, type KeyStatus } from './key-status';

const STATUS_LOOKS = {
  active: { variant: 'success', label: 'Active' },
  expiring: { variant: 'warning', label: 'Expires soon' },
  expired: { variant: 'secondary', label: 'Expired' },
  revoked: { variant: 'destructive', label: 'Revoked' },
} as const satisfies Record<KeyStatus, { variant: string; label: string }>;

function StatusBadge({ status }: { status: KeyStatus }) {
  const look = STATUS_LOOKS[status];
  return <Badge variant={look.variant}>{look.label}</Badge>;
}

type KeysTableProps = {
  keys: readonly KeyView[];
  showRole: boolean;
  onRevoke: (key: KeyView) => void;
};

function RevokeButton({ apiKey, onRevoke }: { apiKey: KeyView; onRevoke: (key: KeyView) => void }) {
  if (!isUsable(keyStatus(apiKey))) return null;
  return (
    <EditGuard>
      {(disabled) => (
        <Button
          variant="ghost"
          size="sm"
          disabled={disabled}
          aria-label={`Revoke key ${apiKey.name}`}
          className="text-destructive hover:bg-destructive-subtle"
          onClick={() => onRevoke(apiKey)}
        >
          Revoke
        </Button>
      )}
    </EditGuard>
  );
}

export function KeysTable({ keys, showRole, onRevoke }: KeysTableProps) {
  const shared = { showRole, onRevoke };
  return (
    <ResponsiveTable
      label="API keys"
      rows={keys}
      head={
        <>
          <TableHead>Name</TableHead>
          <TableHead>Key</TableHead>
          {showRole && <TableHead>Role</TableHead>}
          <TableHead>Status</TableHead>
          <TableHead>Last used</TableHead>
          <TableHead>Expires</TableHead>
          <TableHead>Created</TableHead>
          <TableHead className="w-20">
            <span className="sr-only">Actions</span>
          </TableHead>
        </>
      }
      renderRow={(key) => <KeyRow key={key.id} apiKey={key} {...shared} />}
      renderItem={(key) => <KeyItem key={key.id} apiKey={key} {...shared} />}
    />
  );
}

type KeyProps = Omit<KeysTableProps, 'keys'> & { apiKey: KeyView };

function KeyRow({ apiKey: key, showRole, onRevoke }: KeyProps) {
  const status = keyStatus(key);
  return (
    <TableRow className={isUsable(status) ? '' : 'text-muted-foreground'}>
      <TableCell className="max-w-60 truncate font-medium">{key.name}</TableCell>
      <TableCell className="font-mono text-xs">{key.prefix}…</TableCell>
      {showRole && (
        <TableCell className="max-w-48 truncate">
          <Link href={`/roles/${key.role.id}`} className="rounded-sm hover:text-accent">
            {key.role.name}
          </Link>
        </TableCell>
      )}
      <TableCell>
        <StatusBadge status={status} />
      </TableCell>
      <TableCell>
        {key.lastUsedAt ? (
          <Time at={key.lastUsedAt} />
        ) : (
          <span className="text-muted-foreground">Never</span>
        )}
      </TableCell>
      <TableCell>
        {key.expiresAt ? (
          <DateOnly at={key.expiresAt} />
        ) : (
          <span className="text-muted-foreground">Never</span>
        )}
      </TableCell>
      <TableCell>
        <Time at={key.createdAt} />
      </TableCell>
      <TableCell className="py-1.5 pr-3 text-right">
        <RevokeButton apiKey={key} onRevoke={onRevoke} />
      </TableCell>
    </TableRow>
  );
}

function KeyItem({ apiKey: key, showRole, onRevoke }: KeyProps) {
  return (
    <li className="flex items-start justify-between gap-3 px-4 py-3">
      <div className="flex min-w-0 flex-col gap-1">
        <span className="flex flex-wrap items-center gap-2">
          <span className="truncate font-medium">{key.name}</span>
          <StatusBadge status={keyStatus(key)} />
        </span>
        <span className="truncate text-xs text-muted-foreground">
          <span className="font-mono">{key.prefix}…</span>
          {showRole && ` · ${key.role.name}`}
        </span>
        <span className="text-xs text-muted-foreground">
          {key.lastUsedAt ? (
            <>
              Used <Time at={key.lastUsedAt} />
            </>
          ) : (
            'Never used'
          )}
          {key.expiresAt && (
            <>
              {' · '}Expires <DateOnly at={key.expiresAt} />
            </>
          )}
        </span>
      </div>
      <RevokeButton apiKey={key} onRevoke={onRevoke} />
    </li>
  );
}
