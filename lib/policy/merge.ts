import { isSame } from './diff';
import { type RolePolicy, rolePolicySchema } from './role-policy';
import { policyFields, valueAt } from './walk';

/** A field that both sides changed, each to something else. Values are not masked. */
export type PolicyConflict = { path: string; base: unknown; mine: unknown; theirs: unknown };

/**
 * Merges two edits of one policy field by field: what only one side changed is taken from it. At a
 * conflict `merged` has my value, until the user chooses. The result parses; the rules between fields
 * are still to be checked.
 */
export function mergePolicies(
  base: RolePolicy,
  mine: RolePolicy,
  theirs: RolePolicy,
): { merged: RolePolicy; conflicts: PolicyConflict[] } {
  const conflicts: PolicyConflict[] = [];
  const merged = structuredClone(mine);
  for (const { keys, path } of policyFields()) {
    const values = {
      base: valueAt(base, keys),
      mine: valueAt(mine, keys),
      theirs: valueAt(theirs, keys),
    };
    if (isSame(values.mine, values.theirs) || isSame(values.base, values.theirs)) continue;
    if (isSame(values.base, values.mine)) setAt(merged, keys, structuredClone(values.theirs));
    else conflicts.push({ path, ...values });
  }
  return { merged: rolePolicySchema.parse(merged), conflicts };
}

/** The policy with the field at `path`, one of `policyFields()`, set to a value. */
export function withField(policy: RolePolicy, path: string, value: unknown): RolePolicy {
  const copy = structuredClone(policy);
  setAt(copy, path.split('.'), value);
  return rolePolicySchema.parse(copy);
}

function setAt(document: object, keys: readonly string[], value: unknown): void {
  const holder = valueAt(document, keys.slice(0, -1));
  const last = keys.at(-1);
  if (last === undefined || typeof holder !== 'object' || holder === null) {
    throw new RangeError(`The policy has no field ${keys.join('.')}.`);
  }
  (holder as Record<string, unknown>)[last] = value;
}
