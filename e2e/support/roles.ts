import { randomBytes } from 'node:crypto';
import type { RolePolicy, RolePolicyInput } from '@/lib/policy/role-policy';
import { adminApi, serverUnderTest } from './server';

/** A role of the demo tenant, made for one test. */
export type TestRole = { id: string; name: string; tenantId: string };

const DEMO = '/api/tenants/demo';

/**
 * Makes a role whose policy is `policy`; without one every section is off. A name of the test's own
 * stands in front of what makes it unique.
 */
export async function createRole(policy?: RolePolicyInput, label = 'e2e'): Promise<TestRole> {
  const tenant = await adminApi<{ id: string }>('GET', DEMO);
  const name = `${label}-${randomBytes(5).toString('hex')}`;
  const role = await adminApi<{ id: string }>('POST', `${DEMO}/roles`, { name });
  if (policy) await putPolicy(role.id, policy);
  return { id: role.id, name, tenantId: tenant.id };
}

/** What GET answers: the policy in force and its version. */
export async function storedPolicy(
  roleId: string,
): Promise<{ version: number; policy: RolePolicy }> {
  return adminApi('GET', `${DEMO}/roles/${roleId}/policy`);
}

/** Makes a role with exactly this name in a tenant of the caller's. */
export async function createNamedRole(
  tenantId: string,
  name: string,
  policy: RolePolicyInput,
): Promise<TestRole> {
  const roles = `/api/tenants/${tenantId}/roles`;
  const { id } = await adminApi<{ id: string }>('POST', roles, { name });
  await adminApi('PUT', `${roles}/${id}/policy`, policy, { 'if-match': '"1"' });
  return { id, name, tenantId };
}

/** Saves a policy past the console, on top of what is in force. */
export async function putPolicy(
  roleId: string,
  policy: RolePolicyInput,
  comment = '',
): Promise<{ version: number }> {
  const { version } = await storedPolicy(roleId);
  const path = `${DEMO}/roles/${roleId}/policy`;
  return adminApi('PUT', path, { policy, comment }, { 'if-match': `"${version}"` });
}

export type Revision = {
  version: number;
  actor: { name: string };
  comment: string;
  restoredFrom: number | null;
  diff: { path: string; from: unknown; to: unknown }[];
};

/** The newest revision of a role's policy. */
export async function newestRevision(roleId: string): Promise<Revision> {
  const { items } = await adminApi<{ items: Revision[] }>(
    'GET',
    `${DEMO}/roles/${roleId}/policy/revisions?limit=1`,
  );
  const [newest] = items;
  if (!newest) throw new Error('the role has no revision');
  return newest;
}

/** The secret of a new API key of a role. */
export async function createKey(roleId: string): Promise<string> {
  const name = `e2e-${randomBytes(5).toString('hex')}`;
  const key = await adminApi<{ secret: string }>('POST', `${DEMO}/keys`, { name, role: roleId });
  return key.secret;
}

export type ChatAnswer = {
  status: number;
  /** `error.code` of a refusal. */
  code: string | null;
  headers: Headers;
  body: unknown;
};

/** A chat completion through the gateway plane. */
export async function chat(
  key: string,
  request: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<ChatAnswer> {
  const response = await fetch(`${serverUnderTest().gatewayUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  });
  const body = (await response.json()) as { error?: { code?: string } };
  return {
    status: response.status,
    code: body.error?.code ?? null,
    headers: response.headers,
    body,
  };
}

/** Resolves once the gateway enforces this version of the policy for the key; asking costs no limit. */
export async function inForce(key: string, version: number): Promise<void> {
  const { gatewayUrl } = serverUnderTest();
  const deadline = Date.now() + 5000;
  for (;;) {
    const response = await fetch(`${gatewayUrl}/v1/models`, {
      headers: { authorization: `Bearer ${key}` },
    });
    await response.body?.cancel();
    if (Number(response.headers.get('x-rolegate-policy-version')) >= version) return;
    if (Date.now() > deadline) throw new Error(`version ${version} is not in force after 5 s`);
  }
}
