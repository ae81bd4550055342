import { isAtLeast, type MembershipRole } from '@/lib/auth/membership';
import { SEALED_FIELDS } from '@/lib/db/policy-codec';
import type { RolePolicy } from '@/lib/policy/role-policy';

/**
 * A policy as a member of this role may see it. The path of a webhook is all it takes to post to it,
 * so a viewer sees its host only; the text stays a URL, as the schema wants it.
 */
export function maskedFor(role: MembershipRole, policy: RolePolicy): RolePolicy {
  if (isAtLeast(role, 'editor')) return policy;
  const masked = structuredClone(policy) as Record<string, Record<string, unknown>>;
  for (const { kind, field } of SEALED_FIELDS) {
    const section = masked[kind];
    const value = section?.[field];
    if (section && typeof value === 'string' && value !== '') section[field] = hostOnly(value);
  }
  return masked as unknown as RolePolicy;
}

function hostOnly(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}/***` : '';
}
