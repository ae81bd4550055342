import type { MembershipRole } from './membership';

/** Who acts on the admin API. */
export type Actor =
  | {
      type: 'user';
      id: string;
      /** E-mail address. */
      name: string;
      sessionId: string;
    }
  | {
      type: 'token';
      id: string;
      name: string;
      /** A token reaches this tenant only. */
      tenantId: string;
      role: MembershipRole;
    }
  /** The token of ROLEGATE_ADMIN_TOKEN: owner of every tenant. */
  | { type: 'bootstrap'; id: null; name: 'ROLEGATE_ADMIN_TOKEN' };
