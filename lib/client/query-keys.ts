/**
 * Every query key of the console, from the widest to the narrowest, so that invalidating a prefix
 * refreshes all below it: `queryKeys.roles.all(tenant)` covers each role, policy and revision.
 */
const tenant = (id: string) => ['tenant', id] as const;

export const queryKeys = {
  me: ['me'] as const,
  invite: (token: string) => ['invite', token] as const,
  tenants: ['tenants'] as const,
  tenant,
  roles: {
    all: (id: string) => [...tenant(id), 'roles'] as const,
    list: (id: string) => [...tenant(id), 'roles', 'list'] as const,
    one: (id: string, role: string) => [...tenant(id), 'roles', role] as const,
    policy: (id: string, role: string) => [...tenant(id), 'roles', role, 'policy'] as const,
    revisions: (id: string, role: string) => [...tenant(id), 'roles', role, 'revisions'] as const,
  },
  keys: (id: string) => [...tenant(id), 'keys'] as const,
  providers: (id: string) => [...tenant(id), 'providers'] as const,
  prices: (id: string) => [...tenant(id), 'prices'] as const,
  tokens: (id: string) => [...tenant(id), 'tokens'] as const,
  members: (id: string) => [...tenant(id), 'members'] as const,
  usage: (id: string, query: object) => [...tenant(id), 'usage', query] as const,
  budgets: (id: string) => [...tenant(id), 'budgets'] as const,
  cache: (id: string, role: string) => [...tenant(id), 'cache', role] as const,
  requestList: (id: string, filter: object) => [...tenant(id), 'requests', 'list', filter] as const,
  request: (id: string, request: string) => [...tenant(id), 'requests', 'one', request] as const,
};
