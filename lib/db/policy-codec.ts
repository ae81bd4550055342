import 'server-only';
import { SEALED_PATHS } from '@/lib/policy/diff';
import {
  POLICY_KINDS,
  rolePolicySchema,
  type PolicyKind,
  type RolePolicy,
} from '@/lib/policy/role-policy';
import { isSealed, seal, unseal } from '@/lib/secrets/seal';
import type { Prisma } from './generated/client';
import { toJson } from './json';

/** Fields whose values are secrets, as the schemas declare them. They are fields of a section, not deeper. */
export const SEALED_FIELDS: { kind: PolicyKind; field: string }[] = SEALED_PATHS.map((path) => {
  const [kind, field, ...deeper] = path.split('.');
  if (field === undefined || deeper.length > 0)
    throw new Error(`A sealed field within a field: ${path}`);
  return { kind: kind as PolicyKind, field };
});

/** The eight JSONB columns, under Prisma's names, which are the document's keys. */
export type PolicyColumns = Record<PolicyKind, unknown>;

/** A stored policy that does not parse or cannot be unsealed. The message names paths, never values. */
export class PolicyUnreadableError extends Error {
  override readonly name = 'PolicyUnreadableError';
}

/** The columns of a policy, parsed and with its secret fields sealed for the tenant. @throws ZodError when it is not a policy */
export function encodePolicy(
  tenantId: string,
  policy: RolePolicy,
): Record<PolicyKind, Prisma.InputJsonValue> {
  const parsed = rolePolicySchema.parse(policy);
  const mapped = mapSealed(parsed, (text, path) =>
    text === '' ? '' : seal(text, contextOf(tenantId, path)),
  );
  return toJson(mapped) as Record<PolicyKind, Prisma.InputJsonObject>;
}

/** Reads the columns back. @throws PolicyUnreadableError */
export function decodePolicy(tenantId: string, columns: PolicyColumns): RolePolicy {
  try {
    const document = Object.fromEntries(
      POLICY_KINDS.map((kind) => [kind, columns[kind]]),
    ) as PolicyColumns;
    return rolePolicySchema.parse(
      mapSealed(document, (text, path) =>
        isSealed(text) ? unseal(text, contextOf(tenantId, path)) : text,
      ),
    );
  } catch (error) {
    throw new PolicyUnreadableError(`A stored policy cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Applies `change` to the text of each secret field that is there; shares all else with `document`. */
function mapSealed(
  document: PolicyColumns,
  change: (text: string, path: string) => string,
): PolicyColumns {
  const result: PolicyColumns = { ...document };
  for (const { kind, field } of SEALED_FIELDS) {
    const section = result[kind];
    if (typeof section !== 'object' || section === null || Array.isArray(section)) continue;
    const value = (section as Record<string, unknown>)[field];
    if (typeof value === 'string')
      result[kind] = { ...section, [field]: change(value, `${kind}.${field}`) };
  }
  return result;
}

/** Bound to the tenant and the field, not to the role: a policy may be copied from role to role. */
const contextOf = (tenantId: string, path: string): string => `${tenantId}/${path}`;

function reasonOf(error: unknown): string {
  if (
    error !== null &&
    typeof error === 'object' &&
    'issues' in error &&
    Array.isArray(error.issues)
  ) {
    return error.issues
      .map(
        (issue: { path?: unknown[]; code?: unknown }) =>
          `${issue.path?.join('.')} (${String(issue.code)})`,
      )
      .join(', ');
  }
  return error instanceof Error ? error.message : String(error);
}
