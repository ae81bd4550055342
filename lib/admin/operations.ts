import type { MembershipRole } from '@/lib/auth/membership';

/** `actor`: anybody who is signed in; a membership role: members of the tenant who have it or a higher one. */
export type OperationAccess = 'actor' | MembershipRole;

/**
 * Every operation that REST and GraphQL both offer, by its id in the OpenAPI document: what it does, in a
 * line for the reader of either description, and who may do it.
 */
export const ADMIN_OPERATIONS = {
  readMe: { access: 'actor', summary: 'Who asks, and the tenants they may enter.' },
  listTenants: { access: 'actor', summary: 'The tenants that the caller may enter.' },
  createTenant: {
    access: 'actor',
    summary: "Creates a tenant with its default role, whose policy is the tier's.",
  },
  readTenant: { access: 'viewer', summary: 'One tenant, by id or slug.' },
  updateTenant: { access: 'owner', summary: 'Changes a tenant.' },
  deleteTenant: { access: 'owner', summary: 'Deletes a tenant and all that it owns.' },

  listRoles: { access: 'viewer', summary: 'Roles, by name.' },
  createRole: {
    access: 'editor',
    summary: 'Creates a role; `from` copies a policy: `tier`, `tier:free` or a role.',
  },
  readRole: { access: 'viewer', summary: 'One role, by id or name.' },
  updateRole: { access: 'editor', summary: 'Changes all of a role but its policy.' },
  deleteRole: {
    access: 'editor',
    summary: 'Deletes a role with its history; not the default one, nor one that has live keys.',
  },

  readPolicy: {
    access: 'viewer',
    summary: "A role's policy in force; viewers see of a webhook only its host.",
  },
  savePolicy: {
    access: 'editor',
    summary: 'Replaces the whole policy; what is left out has its default.',
  },
  lintPolicy: {
    access: 'viewer',
    summary: 'What is worth a second look in a policy, the saved one or another; saves nothing.',
  },
  listRevisions: {
    access: 'viewer',
    summary: "A policy's versions, newest first: who, when, from where, and what changed.",
  },
  readRevision: { access: 'viewer', summary: 'One version with its whole document.' },
  restoreRevision: { access: 'editor', summary: 'Makes a new version out of an old one.' },
  evaluate: {
    access: 'viewer',
    summary:
      'The receipt the gateway would write for a request, by the saved policy or another, calling no provider and consuming nothing.',
  },

  listKeys: { access: 'viewer', summary: 'API keys, newest first; revoked ones too if asked for.' },
  createKey: {
    access: 'editor',
    summary: 'Creates an API key; the secret is in this answer only.',
  },
  readKey: { access: 'viewer', summary: 'One API key.' },
  revokeKey: { access: 'editor', summary: 'Revokes an API key for good.' },

  listProviders: { access: 'viewer', summary: 'Provider connections, by name.' },
  createProvider: {
    access: 'editor',
    summary: 'Adds a provider connection; its API key is write-only.',
  },
  readProvider: { access: 'viewer', summary: 'One provider connection, by id or name.' },
  updateProvider: {
    access: 'editor',
    summary: 'Changes a provider connection; a new base URL takes the API key again.',
  },
  deleteProvider: { access: 'editor', summary: 'Deletes a provider connection.' },
  testProvider: {
    access: 'editor',
    summary: 'Calls the provider once with the stored credential and says how that went.',
  },
  listPrices: {
    access: 'viewer',
    summary: "The built-in price list with the tenant's own prices over it.",
  },
  replacePrices: { access: 'editor', summary: "Replaces the tenant's own prices." },
  listBreakers: { access: 'viewer', summary: 'The circuit breaker of every provider connection.' },
  resetBreaker: { access: 'editor', summary: 'Closes a circuit breaker.' },

  listRequests: { access: 'viewer', summary: 'The request log, newest first.' },
  readRequest: { access: 'viewer', summary: 'One receipt, with what of its content was kept.' },
  readUsage: {
    access: 'viewer',
    summary:
      'Requests, tokens and cost over a time, the last 30 days unless told, by one dimension.',
  },
  listBudgets: {
    access: 'viewer',
    summary: 'What each role may spend and has spent in the day, week and month.',
  },
  verifyLedger: {
    access: 'viewer',
    summary: 'Computes all balances anew from entries and receipts, and tells every difference.',
  },
  readCacheStats: { access: 'viewer', summary: 'What the cache holds and what it saved.' },
  clearCache: {
    access: 'editor',
    summary: 'Forgets cached answers, of a role or of the whole tenant.',
  },
  matchQuestions: {
    access: 'viewer',
    summary: 'Whether two questions would be given one answer, and what each check says.',
  },
  giveFeedback: {
    access: 'editor',
    summary: 'Says that the cached answer to a request was wrong: it is given to nobody again.',
  },
  listAlerts: {
    access: 'viewer',
    summary: 'Budget alerts and how their delivery went, newest first.',
  },
  readSigningSecret: {
    access: 'owner',
    summary: "The secret that the tenant's alert webhooks are signed with.",
  },
  sendTestAlert: {
    access: 'editor',
    summary:
      "Sends a test alert now, to a role's channels or those given, and tells what came of it.",
  },

  listMembers: { access: 'viewer', summary: 'Members, in the order they joined.' },
  addMember: {
    access: 'owner',
    summary: 'Adds a person by e-mail address, with a link to set a password where one is needed.',
  },
  updateMember: { access: 'owner', summary: "Changes a member's role." },
  removeMember: { access: 'owner', summary: 'Removes a member; the last owner stays.' },
  inviteAgain: {
    access: 'owner',
    summary: 'A fresh link for a member who has no way to sign in yet.',
  },
  listTokens: { access: 'owner', summary: 'Admin tokens, newest first.' },
  createToken: {
    access: 'owner',
    summary: 'Creates an admin token; the secret is in this answer only.',
  },
  deleteToken: { access: 'owner', summary: 'Deletes an admin token.' },
  listAudit: { access: 'viewer', summary: 'Every administrative act, newest first.' },
  changePassword: {
    access: 'actor',
    summary: 'Changes the password of the signed-in person and signs them out everywhere.',
  },
} as const satisfies Readonly<Record<string, { access: OperationAccess; summary: string }>>;
