import { diffPolicies } from '@/lib/policy/diff';
import { mergePolicies, type PolicyConflict } from '@/lib/policy/merge';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { policyFields, valueAt } from '@/lib/policy/walk';
import { type PolicyFile, withoutSecrets } from './policy-file';

export type Merge = {
  /** Dotted paths of the fields that were taken from the server. */
  taken: string[];
  /** Fields that both sides changed, each to something else. */
  conflicts: PolicyConflict[];
};

/**
 * Brings what changed on the server into a file, field by field; what was changed in the file alone
 * stays, and so do comments. Secrets stay on the server.
 * @param base what file and server agreed on last; null when that is not known
 * @param take whose value a conflict gets; undefined: conflicts leave the file as it is
 */
export function mergeIntoFile(
  file: PolicyFile,
  base: RolePolicy | null,
  onServer: RolePolicy,
  take: 'mine' | 'theirs' | undefined,
): Merge {
  const mine = withoutSecrets(file.policy);
  const theirs = withoutSecrets(onServer);
  // Without a common ancestor every difference is one that both sides may have made.
  const { merged, conflicts } = mergePolicies(
    base ? withoutSecrets(base) : unlike(mine, theirs),
    mine,
    theirs,
  );
  if (conflicts.length > 0 && take === undefined) return { taken: [], conflicts };
  const result = take === 'theirs' ? withTheirs(merged, theirs, conflicts) : merged;
  const taken = diffPolicies(mine, result).map(({ path }) => path);
  for (const path of taken) {
    const keys = path.split('.');
    file.source.set(keys, valueAt(result, keys));
  }
  return { taken, conflicts: [] };
}

/** A base that agrees with both where they agree, and with neither where they differ: it then conflicts. */
function unlike(mine: RolePolicy, theirs: RolePolicy): RolePolicy {
  const base = structuredClone(mine) as unknown as Record<string, unknown>;
  for (const { path } of diffPolicies(mine, theirs)) {
    const keys = path.split('.');
    const holder = valueAt(base, keys.slice(0, -1)) as Record<string, unknown>;
    holder[keys.at(-1) ?? ''] = undefined;
  }
  return base as unknown as RolePolicy;
}

function withTheirs(
  merged: RolePolicy,
  theirs: RolePolicy,
  conflicts: readonly PolicyConflict[],
): RolePolicy {
  const copy = structuredClone(merged);
  const paths = new Set(conflicts.map(({ path }) => path));
  for (const { keys, path } of policyFields()) {
    if (!paths.has(path)) continue;
    const holder = valueAt(copy, keys.slice(0, -1)) as Record<string, unknown>;
    holder[keys.at(-1) ?? ''] = valueAt(theirs, keys);
  }
  return copy;
}
