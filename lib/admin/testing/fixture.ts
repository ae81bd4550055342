import { randomUUID } from 'node:crypto';
import { Browser } from '@/lib/auth/testing/browser';
import { withSystem } from '@/lib/db/client';
import { createUser } from '@/lib/db/users-repository';
import { reloadEnv } from '@/lib/env';
import { hashPassword } from '@/lib/secrets/password';
import { serveApp } from './app-routes';
import { apiClient, bearer, type ApiClient } from './client';

/** Must run before anything reads the environment. */
export const BOOTSTRAP_TOKEN = 'bootstrap-token-of-the-tests';
process.env.NEXTAUTH_SECRET = 'test-secret-of-console-sessions-0123456789';
process.env.ROLEGATE_ADMIN_TOKEN = BOOTSTRAP_TOKEN;
reloadEnv();

export const anonymous: ApiClient = apiClient({});
export const bootstrap: ApiClient = bearer(BOOTSTRAP_TOKEN);

/** A tenant with a token of each role, made through the API itself. */
export type TestTenant = {
  id: string;
  slug: string;
  /** `/api/tenants/{slug}`. */
  path: string;
  owner: ApiClient;
  editor: ApiClient;
  viewer: ApiClient;
};

/** Creates a tenant of a fresh slug. @param tier of its default role's policy */
export async function createTestTenant(tier = 'free'): Promise<TestTenant> {
  const slug = `t-${randomUUID().slice(0, 13)}`;
  const { status, body } = await bootstrap.post('/api/tenants', { name: slug, slug, tier });
  if (status !== 201) throw new Error(`no test tenant: ${JSON.stringify(body)}`);
  const path = `/api/tenants/${slug}`;
  const [owner, editor, viewer] = await Promise.all(
    ['owner', 'editor', 'viewer'].map(async (role) => {
      const token = await bootstrap.post(`${path}/tokens`, { name: role, role });
      return bearer((token.body as { secret: string }).secret);
    }),
  );
  if (!owner || !editor || !viewer) throw new Error('no tokens');
  return { id: (body as { id: string }).id, slug, path, owner, editor, viewer };
}

export const PASSWORD = 'correct horse battery staple';

/** A person with an account and a session, whose changes come from the console's own pages. */
export async function signedInClient(
  email: string,
  { exists = false } = {},
): Promise<{ email: string; client: ApiClient }> {
  if (!exists) {
    const passwordHash = await hashPassword(PASSWORD);
    await withSystem((tx) => createUser(tx, { email, passwordHash }));
  }
  const browser = new Browser(serveApp);
  const { status } = await browser.signIn(email, PASSWORD);
  if (status !== 200) throw new Error(`${email} could not sign in: ${status}`);
  const cookie = browser.request('GET', '/').headers.get('cookie') ?? '';
  return { email, client: apiClient({ cookie, 'sec-fetch-site': 'same-origin' }) };
}
