'use client';

import { useTenant } from '@/components/shell/tenant-context';
import { PageHeader } from '@/components/ui/page-header';
import { DangerCard } from './danger-card';
import { GeneralCard } from './general-card';
import { MembersCard } from './members-card';
import { TokensCard } from './tokens-card';

export function SettingsPage() {
  const { tenant, canManage } = useTenant();
  return (
    <>
      <PageHeader
        title="Settings"
        description={
          canManage
            ? `What concerns ${tenant.name} as a whole.`
            : `What concerns ${tenant.name} as a whole. Only owners can change it.`
        }
      />
      <div className="flex flex-col gap-6">
        <GeneralCard key={tenant.id} />
        <MembersCard />
        <TokensCard />
        <DangerCard />
      </div>
    </>
  );
}
