/** Every route of the admin API by its address. A test holds this against the files of app/api. */
export const ADMIN_ROUTES: Readonly<Record<string, () => Promise<object>>> = {
  '/api/me': () => import('@/app/api/me/route'),
  '/api/me/password': () => import('@/app/api/me/password/route'),
  '/api/invites/{token}': () => import('@/app/api/invites/[token]/route'),
  '/api/tenants': () => import('@/app/api/tenants/route'),
  '/api/tenants/{tenant}': () => import('@/app/api/tenants/[tenant]/route'),
  '/api/tenants/{tenant}/roles': () => import('@/app/api/tenants/[tenant]/roles/route'),
  '/api/tenants/{tenant}/roles/{role}': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/route'),
  '/api/tenants/{tenant}/roles/{role}/policy': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/policy/route'),
  '/api/tenants/{tenant}/roles/{role}/policy/revisions': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/policy/revisions/route'),
  '/api/tenants/{tenant}/roles/{role}/policy/revisions/{version}': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/policy/revisions/[version]/route'),
  '/api/tenants/{tenant}/roles/{role}/policy/revisions/{version}/restore': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/policy/revisions/[version]/restore/route'),
  '/api/tenants/{tenant}/roles/{role}/policy/lint': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/policy/lint/route'),
  '/api/tenants/{tenant}/roles/{role}/evaluate': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/evaluate/route'),
  '/api/tenants/{tenant}/roles/{role}/alerts/test': () =>
    import('@/app/api/tenants/[tenant]/roles/[role]/alerts/test/route'),
  '/api/tenants/{tenant}/keys': () => import('@/app/api/tenants/[tenant]/keys/route'),
  '/api/tenants/{tenant}/keys/{id}': () => import('@/app/api/tenants/[tenant]/keys/[id]/route'),
  '/api/tenants/{tenant}/providers': () => import('@/app/api/tenants/[tenant]/providers/route'),
  '/api/tenants/{tenant}/providers/{id}': () =>
    import('@/app/api/tenants/[tenant]/providers/[id]/route'),
  '/api/tenants/{tenant}/providers/{id}/test': () =>
    import('@/app/api/tenants/[tenant]/providers/[id]/test/route'),
  '/api/tenants/{tenant}/prices': () => import('@/app/api/tenants/[tenant]/prices/route'),
  '/api/tenants/{tenant}/breakers': () => import('@/app/api/tenants/[tenant]/breakers/route'),
  '/api/tenants/{tenant}/breakers/{provider}/reset': () =>
    import('@/app/api/tenants/[tenant]/breakers/[provider]/reset/route'),
  '/api/tenants/{tenant}/requests': () => import('@/app/api/tenants/[tenant]/requests/route'),
  '/api/tenants/{tenant}/requests/{id}': () =>
    import('@/app/api/tenants/[tenant]/requests/[id]/route'),
  '/api/tenants/{tenant}/requests/{id}/feedback': () =>
    import('@/app/api/tenants/[tenant]/requests/[id]/feedback/route'),
  '/api/tenants/{tenant}/usage': () => import('@/app/api/tenants/[tenant]/usage/route'),
  '/api/tenants/{tenant}/budgets': () => import('@/app/api/tenants/[tenant]/budgets/route'),
  '/api/tenants/{tenant}/ledger/verify': () =>
    import('@/app/api/tenants/[tenant]/ledger/verify/route'),
  '/api/tenants/{tenant}/cache': () => import('@/app/api/tenants/[tenant]/cache/route'),
  '/api/tenants/{tenant}/cache/match': () => import('@/app/api/tenants/[tenant]/cache/match/route'),
  '/api/tenants/{tenant}/cache/stats': () => import('@/app/api/tenants/[tenant]/cache/stats/route'),
  '/api/tenants/{tenant}/alerts': () => import('@/app/api/tenants/[tenant]/alerts/route'),
  '/api/tenants/{tenant}/alerts/signing-secret': () =>
    import('@/app/api/tenants/[tenant]/alerts/signing-secret/route'),
  '/api/tenants/{tenant}/members': () => import('@/app/api/tenants/[tenant]/members/route'),
  '/api/tenants/{tenant}/members/{id}': () =>
    import('@/app/api/tenants/[tenant]/members/[id]/route'),
  '/api/tenants/{tenant}/members/{id}/invite': () =>
    import('@/app/api/tenants/[tenant]/members/[id]/invite/route'),
  '/api/tenants/{tenant}/tokens': () => import('@/app/api/tenants/[tenant]/tokens/route'),
  '/api/tenants/{tenant}/tokens/{id}': () => import('@/app/api/tenants/[tenant]/tokens/[id]/route'),
  '/api/tenants/{tenant}/audit': () => import('@/app/api/tenants/[tenant]/audit/route'),
  '/api/openapi.json': () => import('@/app/api/openapi.json/route'),
  '/api/policy.schema.json': () => import('@/app/api/policy.schema.json/route'),
};
