import { fieldMeta } from '@/lib/policy/field';
import {
  POLICY_KINDS,
  POLICY_SECTIONS,
  type PolicyKind,
  type RolePolicy,
} from '@/lib/policy/role-policy';

/** One changed field, by its path in the document: `rateLimitPolicy.requestsPerMinute`. Absent is null. */
export type FieldChange = { path: string; from: unknown; to: unknown };

/** What a diff shows of a sealed field's value: that there is one, not which. */
export const MASKED = '[sealed]';

/** Fields whose values are secrets, as the schemas declare them. */
export const SEALED_FIELDS: { kind: PolicyKind; field: string }[] = POLICY_KINDS.flatMap((kind) =>
  Object.entries(POLICY_SECTIONS[kind].shape)
    .filter(([, schema]) => fieldMeta(schema)?.sealed === true)
    .map(([field]) => ({ kind, field })),
);

const SEALED_PATHS = new Set(SEALED_FIELDS.map(({ kind, field }) => `${kind}.${field}`));

/** Field-level changes between two documents. Lists are one field; secrets are masked. */
export function diffPolicies(from: RolePolicy, to: RolePolicy): FieldChange[] {
  return POLICY_KINDS.flatMap((kind) => changesOf(kind, from[kind], to[kind]));
}

function changesOf(path: string, from: unknown, to: unknown): FieldChange[] {
  if (isPlainObject(from) && isPlainObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names.flatMap((name) => changesOf(`${path}.${name}`, from[name], to[name]));
  }
  if (sameValue(from, to)) return [];
  const shown = (value: unknown) => (SEALED_PATHS.has(path) && value ? MASKED : (value ?? null));
  return [{ path, from: shown(from), to: shown(to) }];
}

/** Equal as JSON values, whatever the order of an object's keys: jsonb does not keep it. */
function sameValue(a: unknown, b: unknown): boolean {
  if (isPlainObject(a) && isPlainObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => name in b && sameValue(a[name], b[name]))
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  return (a ?? null) === (b ?? null);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
