import { createHash } from 'node:crypto';
import { ApiError } from '@/lib/client/api';
import { diffPolicies, type PolicyChange } from '@/lib/policy/diff';
import { emptyPolicy, type RolePolicy } from '@/lib/policy/role-policy';
import { type Api, refusal, type ServerPolicy } from './api';
import { keyOf } from './folder';
import type { Lock } from './lock';
import { desiredPolicy, type PolicyFile } from './policy-file';

export type PlanItem = {
  tenant: string;
  role: string;
  /** `moved`: the server was changed since the files last agreed with it, so nothing is done. */
  action: 'create' | 'change' | 'delete' | 'unchanged' | 'moved';
  /** On the server now; 0 for a role that is not there. */
  version: number;
  /** Version that the files were pulled from, when one is known. */
  pulledVersion?: number;
  /** Sealed values masked. */
  changes: PolicyChange[];
  /** What is to be saved; absent for deletions. Holds secrets: never printed, never stored. */
  desired?: RolePolicy;
  /** The file it comes from. */
  file?: string;
};

export type Plan = { server: string; items: PlanItem[] };

/**
 * Compares files with a server.
 * @param prune whether roles of these tenants that no file describes are to go; default roles stay
 */
export async function makePlan(
  api: Api,
  files: readonly PolicyFile[],
  lock: Lock,
  { prune }: { prune: boolean },
): Promise<Plan> {
  const tenants = [...new Set(files.map(({ tenant }) => tenant))].sort();
  const items: PlanItem[] = [];
  for (const tenant of tenants) {
    const roles = await rolesOf(api, tenant);
    const own = files.filter((file) => file.tenant === tenant);
    for (const file of own) {
      const known = roles.some(({ name }) => name === file.role);
      items.push(itemFor(file, known ? await read(api, file) : null, lock));
    }
    if (!prune) continue;
    const orphans = roles.filter(
      ({ name, isDefault }) => !isDefault && !own.some(({ role }) => role === name),
    );
    for (const { name, policyVersion } of orphans) {
      const pulled = lock.roles[keyOf({ tenant, role: name })]?.version;
      const moved = pulled !== undefined && pulled !== policyVersion;
      items.push({
        tenant,
        role: name,
        action: moved ? 'moved' : 'delete',
        version: policyVersion,
        pulledVersion: pulled,
        changes: [],
      });
    }
  }
  return { server: api.server, items };
}

function itemFor(file: PolicyFile, current: ServerPolicy | null, lock: Lock): PlanItem {
  const { tenant, role } = file;
  const desired = desiredPolicy(file, current?.policy ?? null);
  const pulled = lock.roles[keyOf(file)]?.version;
  const base = { tenant, role, desired, file: file.file, pulledVersion: pulled };
  if (!current) {
    const changes = diffPolicies(emptyPolicy, desired);
    // A role that was pulled and is gone was deleted by somebody: that is for a person to judge.
    return { ...base, action: pulled === undefined ? 'create' : 'moved', version: 0, changes };
  }
  const changes = diffPolicies(current.policy, desired);
  const moved = pulled !== undefined && pulled !== current.version;
  const action = changes.length === 0 ? 'unchanged' : moved ? 'moved' : 'change';
  return { ...base, action, version: current.version, changes };
}

/** What a plan says without its secrets, to be held against a later one. */
export function digestOf({ items }: Plan): { key: string; version: number; digest: string }[] {
  return items
    .map(({ tenant, role, action, version, desired }) => ({
      key: `${action} ${keyOf({ tenant, role })}`,
      version,
      digest: createHash('sha256')
        .update(JSON.stringify(desired ?? null))
        .digest('hex'),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Whether applying the plan would do something about it. */
export const isChange = ({ action }: PlanItem) =>
  action === 'create' || action === 'change' || action === 'delete';

async function rolesOf(api: Api, tenant: string) {
  try {
    return await api.roles(tenant);
  } catch (error) {
    throw refusal(`tenant ${tenant}`, error);
  }
}

async function read(api: Api, { tenant, role }: PolicyFile): Promise<ServerPolicy | null> {
  try {
    return await api.policy(tenant, role);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw refusal(keyOf({ tenant, role }), error);
  }
}
