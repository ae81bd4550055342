import { MEMBERSHIP_ROLES, type MembershipRole } from '@/lib/db/memberships-repository';

export { MEMBERSHIP_ROLES, type MembershipRole };

/** The roles that may do what `R` may: owner > editor > viewer. */
export type AtLeast<R extends MembershipRole> = R extends 'viewer'
  ? MembershipRole
  : R extends 'editor'
    ? 'owner' | 'editor'
    : 'owner';

/** True when `role` may do all that `least` may. */
export function isAtLeast<R extends MembershipRole>(
  role: MembershipRole,
  least: R,
): role is AtLeast<R> & MembershipRole {
  return MEMBERSHIP_ROLES.indexOf(role) <= MEMBERSHIP_ROLES.indexOf(least);
}
