'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { isUsable, keyStatus } from '@/components/keys/key-status';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { keysQuery } from '@/lib/client/keys';
import { providersQuery } from '@/lib/client/providers';

/** Leads to the first steps while the tenant cannot answer a request yet. */
export function SetupBanner() {
  const { tenant, canEdit } = useTenant();
  const providers = useQuery(providersQuery(tenant.id));
  const keys = useQuery(keysQuery(tenant.id));
  if (!canEdit || !providers.data || !keys.data) return null;
  const missing = [
    !providers.data.some((provider) => provider.enabled) && 'a provider connection',
    !keys.data.some((key) => isUsable(keyStatus(key))) && 'an API key',
  ].filter((thing) => thing !== false);
  if (missing.length === 0) return null;
  return (
    <div className="mb-5 flex flex-wrap items-center gap-3 rounded-lg border border-border bg-accent-subtle px-4 py-3">
      <ListChecks aria-hidden className="size-5 shrink-0 text-accent" />
      <p className="min-w-48 flex-1 text-sm">
        <span className="font-medium">Almost there.</span> This tenant still needs{' '}
        {missing.join(' and ')} before it can answer a request.
      </p>
      <Button size="sm" asChild>
        <Link href="/welcome">
          Get started <ArrowRight />
        </Link>
      </Button>
    </div>
  );
}
