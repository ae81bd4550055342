'use client';

import { RoleSpend } from '@/components/budget/role-spend';
import { useEditor } from '../editor-context';
import { Group } from '../layout/group';

/** What the role has spent, live, beside the limits that are in force (not those being edited). */
export function BudgetLive() {
  const { tenantId, roleId } = useEditor();
  return (
    <Group title="Live Spend">
      <RoleSpend tenantId={tenantId} roleId={roleId} />
    </Group>
  );
}
