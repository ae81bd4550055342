import 'server-only';
import DataLoader from 'dataloader';
import type { z } from 'zod';
import type { Access } from '@/lib/admin/access';
import { listBudgets } from '@/lib/admin/budgets';
import { readPolicies } from '@/lib/admin/policies';
import { readRoles } from '@/lib/admin/roles';
import type { BudgetsView, policyView, roleView } from '@/lib/admin/views';

type RoleBudget = BudgetsView['items'][number];

/** Look-ups by role id; those of one list are made together. */
export type Loaders = {
  role: DataLoader<string, z.output<typeof roleView> | null>;
  policy: DataLoader<string, z.output<typeof policyView> | null>;
  budget: DataLoader<string, RoleBudget | null>;
};

/** Look-ups for one request in one tenant; what was looked up is kept as long as they are. */
export function loadersFor(access: Access): Loaders {
  return {
    role: loader((ids) => readRoles(access, ids)),
    policy: loader<z.output<typeof policyView>>((ids) => readPolicies(access, ids)),
    budget: loader(async () => {
      const { items } = await listBudgets(access, {});
      return new Map(items.map((item) => [item.roleId, item]));
    }),
  };
}

/** What is missing is null; an error in place of a value fails that one only. */
function loader<V>(
  load: (ids: readonly string[]) => Promise<ReadonlyMap<string, V | Error>>,
): DataLoader<string, V | null> {
  return new DataLoader(async (ids) => {
    const found = await load(ids);
    return ids.map((id) => found.get(id) ?? null);
  });
}
