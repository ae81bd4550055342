import { randomBytes } from 'node:crypto';
import { adminApi, serverUnderTest } from './server';
import { signIn, type StateCookie } from './sign-in';

/** Browser state of a new viewer of the demo tenant, who has accepted the invitation. */
export async function viewerState(): Promise<{ cookies: StateCookie[]; origins: [] }> {
  const { consoleUrl } = serverUnderTest();
  const email = `viewer-${randomBytes(5).toString('hex')}@e2e.test`;
  const password = randomBytes(12).toString('base64url');
  const { invite } = await adminApi<{ invite: { url: string } }>(
    'POST',
    '/api/tenants/demo/members',
    { email, role: 'viewer' },
  );
  const token = invite.url.split('/').at(-1) ?? '';
  await adminApi('POST', `/api/invites/${token}`, { password });
  return { cookies: await signIn(consoleUrl, email, password), origins: [] };
}
