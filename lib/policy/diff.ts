import type { RolePolicy } from './role-policy';
import { type PolicyField, policyFields, valueAt } from './walk';

/** A field that differs. Lists and maps are whole values; sealed ones are masked. */
export type PolicyChange = { path: string; from: unknown; to: unknown };

/** What stands for a sealed value, and for one that was replaced by another. */
export const MASK = '••••';
export const MASK_CHANGED = '•••• (changed)';

/** Fields whose values are kept encrypted and never shown. */
export const SEALED_PATHS: readonly string[] = policyFields()
  .filter(({ sealed }) => sealed)
  .map(({ path }) => path);

/** Field-level difference of two policies, in the editor's order. Empty when they mean the same. */
export function diffPolicies(from: RolePolicy, to: RolePolicy): PolicyChange[] {
  return policyFields().flatMap((field) => {
    const before = valueAt(from, field.keys);
    const after = valueAt(to, field.keys);
    return isSame(before, after) ? [] : [change(field, before, after)];
  });
}

/** Whether two JSON values are equal; the order of keys does not count, that of a list does. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  if (left.length !== Object.keys(right).length) return false;
  return left.every(([key, value]) => Object.hasOwn(right, key) && isSame(value, right[key]));
}

function change({ path, sealed }: PolicyField, from: unknown, to: unknown): PolicyChange {
  if (!sealed) return { path, from, to };
  const [before, after] = [mask(from), mask(to)];
  return { path, from: before, to: before === after ? MASK_CHANGED : after };
}

function mask(value: unknown): string {
  return value === '' || value === undefined ? '' : MASK;
}
