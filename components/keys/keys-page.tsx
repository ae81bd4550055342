'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Input } from '@/components/ui/input';
import { PageHeader } from '@/components/ui/page-header';
import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import { TableSkeleton } from '@/components/ui/table-skeleton';
import { keysQuery } from '@/lib/client/keys';
import type { KeyView } from '@/lib/client/types';
import { CreateKeyDialog } from './create-key-dialog';
import { filterKeys, NO_FILTER, type KeyFilter } from './key-filter';
import { KeysTable } from './keys-table';
import { RevokeKeyDialog } from './revoke-key-dialog';

export function KeysPage() {
  const { tenant } = useTenant();
  const keys = useQuery(keysQuery(tenant.id));
  const [filter, setFilter] = useState<KeyFilter>(NO_FILTER);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<KeyView | null>(null);
  const shown = filterKeys(keys.data ?? [], filter);

  const newKey = (
    <EditGuard>
      {(disabled) => (
        <Button disabled={disabled} onClick={() => setCreating(true)}>
          <Plus /> New key
        </Button>
      )}
    </EditGuard>
  );

  return (
    <>
      <PageHeader
        title="API keys"
        description="Every key belongs to one role and obeys that role’s policy."
        actions={newKey}
      />
      {keys.isPending && <TableSkeleton label="Loading API keys" />}
      {keys.isError && (
        <Card>
          <ErrorState
            title="The API keys could not be loaded"
            error={keys.error}
            onRetry={() => void keys.refetch()}
          />
        </Card>
      )}
      {keys.data?.length === 0 && (
        <Card>
          <EmptyState
            icon={KeyRound}
            title="No API keys yet"
            description="Create a key for a role, then send requests with it."
            action={newKey}
          />
        </Card>
      )}
      {keys.data && keys.data.length > 0 && (
        <Card>
          <KeyFilters keys={keys.data} filter={filter} onChange={setFilter} />
          {shown.length > 0 ? (
            <KeysTable keys={shown} showRole onRevoke={setRevoking} />
          ) : (
            <EmptyState
              icon={Search}
              title="No key matches"
              action={
                <Button variant="outline" onClick={() => setFilter(NO_FILTER)}>
                  Clear filters
                </Button>
              }
            />
          )}
        </Card>
      )}
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </>
  );
}

type KeyFiltersProps = {
  keys: readonly KeyView[];
  filter: KeyFilter;
  onChange: (filter: KeyFilter) => void;
};

function KeyFilters({ keys, filter, onChange }: KeyFiltersProps) {
  const roles = new Map(keys.map((key) => [key.role.id, key.role.name]));
  return (
    <div className="flex flex-wrap gap-2 border-b border-border p-3">
      <div className="relative min-w-48 flex-1 basis-full sm:max-w-72 sm:basis-auto">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          aria-label="Search keys"
          placeholder="Search by name or prefix"
          className="pl-8"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
        />
      </div>
      <Select value={filter.role} onValueChange={(role) => onChange({ ...filter, role })}>
        <SelectTrigger aria-label="Role" className="w-40 flex-1 sm:flex-none">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value="all">All roles</SelectItem>
          {[...roles].map(([id, name]) => (
            <SelectItem key={id} value={id}>
              {name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Select
        value={filter.status}
        onValueChange={(status) => onChange({ ...filter, status: status as KeyFilter['status'] })}
      >
        <SelectTrigger aria-label="Status" className="w-36 flex-1 sm:flex-none">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value="all">Any status</SelectItem>
          <SelectItem value="usable">Active</SelectItem>
          <SelectItem value="expired">Expired</SelectItem>
          <SelectItem value="revoked">Revoked</SelectItem>
        </SelectContent>
      </Select>
    </div>
  );
}
