import type { z } from 'zod';
import type { keyInput } from '@/lib/admin/keys';
import type { providerInput } from '@/lib/admin/providers';
import type { roleInput } from '@/lib/admin/roles';
import type { tenantInput } from '@/lib/admin/tenants';
import type { tokenInput } from '@/lib/admin/tokens';
import type { usageQuery } from '@/lib/admin/usage';
import type * as views from '@/lib/admin/views';
import { TIERS, type Tier } from '@/lib/policy/tiers';

/**
 * What the admin API answers and takes, by the schemas that the server itself answers and parses with.
 * Times are ISO 8601, money is a decimal string.
 */

export type Page<T> = { items: T[]; nextCursor: string | null };

export { TIERS, type Tier };

export type TenantView = z.output<typeof views.tenantView>;
export type TenantInput = z.input<typeof tenantInput>;
/** What the asking user may do in a tenant. */
export type MembershipRole = TenantView['membership'];
/** From most to least. The server's own list stands in a module that browsers cannot load. */
export const MEMBERSHIP_ROLES: readonly MembershipRole[] = ['owner', 'editor', 'viewer'];
/** How much of a request's content its receipt keeps. */
export type LogContent = TenantView['logContent'];
export type Me = z.output<typeof views.meView>;

export type RoleView = z.output<typeof views.roleView>;
export type RoleInput = z.input<typeof roleInput>;
/** Where a new role's policy comes from: its tenant's tier or a named one, another role, or nothing. */
export type RoleSource =
  { kind: 'tier'; tier: Tier } | { kind: 'role'; id: string } | { kind: 'empty' };

export type PolicyView = z.output<typeof views.policyView>;
/** What GET and PUT of a policy answer, with the ETag to send back as If-Match. */
export type PolicyDocument = PolicyView & { etag: string };
export type RevisionSummary = z.output<typeof views.revisionSummaryView>;

export type KeyView = z.output<typeof views.keyView>;
export type KeyInput = z.input<typeof keyInput>;
/** A key as it is answered once, with the secret that is never shown again. */
export type NewKey = z.output<typeof views.newKeyView>;

export type ProviderView = z.output<typeof views.providerView>;
export type ProviderInput = z.input<typeof providerInput>;
export type ProviderTestResult = z.output<typeof views.providerTestView>;
export type PriceView = z.output<typeof views.priceView>;

export type TokenView = z.output<typeof views.tokenView>;
export type TokenInput = z.input<typeof tokenInput>;
/** As `NewKey`: with the secret. */
export type NewToken = z.output<typeof views.newTokenView>;

export type MemberView = z.output<typeof views.memberView>;
/** A link to set a first password, answered once. */
export type Invitation = z.output<typeof views.invitationView>;
/** `invite` is null for a person who can sign in already. */
export type NewMember = z.output<typeof views.newMemberView>;

/** A time to add up, and by which dimension. */
export type UsageQuery = z.input<typeof usageQuery>;
export type UsageBy = views.UsageView['by'];
export type UsageRow = views.UsageView['items'][number];
