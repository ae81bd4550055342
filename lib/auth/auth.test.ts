import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { serveApp } from '@/lib/admin/testing/app-routes';
import { withSystem } from '@/lib/db/client';
import { LOGIN_LIMITS } from '@/lib/db/login-attempts-repository';
import { revokeSessionsOfUser } from '@/lib/db/sessions-repository';
import { testDatabase } from '@/lib/db/testing';
import { createUser, type UserRecord } from '@/lib/db/users-repository';
import { reloadEnv } from '@/lib/env';
import { hashPassword } from '@/lib/secrets/password';
import { currentActor } from './current-actor';
import { acceptInvite, inviteFor, readInvite } from './invite';
import { Browser } from './testing/browser';

process.env.NEXTAUTH_SECRET = 'test-secret-of-console-sessions-0123456789';
process.env.ROLEGATE_ADMIN_TOKEN = 'bootstrap-token-of-the-tests';
reloadEnv();
const database = await testDatabase();
afterAll(() => database.close());

const PASSWORD = 'correct horse battery staple';
const passwordHash = await hashPassword(PASSWORD);
await withSystem((tx) => createUser(tx, { email: 'nopassword@example.com' }));
let count = 0;
let user: UserRecord;
beforeEach(async () => {
  count += 1;
  user = await withSystem((tx) =>
    createUser(tx, { email: `ada${count}@example.com`, name: 'Ada', passwordHash }),
  );
});

const newBrowser = () => new Browser(serveApp, { 'x-forwarded-for': `198.51.100.${count}` });

async function signedIn(): Promise<Browser> {
  const browser = newBrowser();
  expect((await browser.signIn(user.email, PASSWORD)).status).toBe(200);
  return browser;
}

const audited = async (action: string) => {
  const { rows } = await database.owner.query(
    'SELECT actor_name, ip, detail FROM audit_log WHERE action = $1 AND actor_name = $2',
    [action, user.email],
  );
  return rows;
};

describe('signing in with a password', () => {
  it('begins a session that the cookie names, and audits it with the client address', async () => {
    const browser = await signedIn();
    expect(await currentActor(browser.request('GET', '/api/me'))).toEqual({
      type: 'user',
      id: user.id,
      name: user.email,
      sessionId: expect.any(String),
    });
    expect(await browser.session()).toMatchObject({ user: { id: user.id, email: user.email } });
    expect(await audited('session.create')).toEqual([
      { actor_name: user.email, ip: `198.51.100.${count}`, detail: { method: 'password' } },
    ]);
  });

  it('sets a cookie that scripts and other sites do not get', async () => {
    const browser = await signedIn();
    const cookie = browser.setCookies.findLast((line) =>
      line.startsWith('next-auth.session-token='),
    );
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
  });

  it('marks the cookie Secure where the console is reached over https', async () => {
    process.env.NEXTAUTH_URL = 'https://console.example.com';
    reloadEnv();
    try {
      const browser = await signedIn();
      const cookie = browser.setCookies.findLast((line) => /session-token=/.test(line));
      expect(cookie).toMatch(/^__Secure-next-auth\.session-token=.*; Secure/);
      expect(await currentActor(browser.request('GET', '/api/me'))).toMatchObject({ id: user.id });
    } finally {
      delete process.env.NEXTAUTH_URL;
      reloadEnv();
    }
  });

  it.each([
    ['a wrong password', () => [user.email, 'wrong']],
    ['an unknown address', () => ['nobody@example.com', PASSWORD]],
    ['an account without a password', () => ['nopassword@example.com', 'x']],
    ['no password', () => [user.email, '']],
    ['a password beyond all length', () => [user.email, 'x'.repeat(20_000)]],
  ])('refuses %s in the same words', async (_what, given) => {
    const browser = newBrowser();
    const [email = '', password = ''] = given();
    const answer = await browser.signIn(email, password);
    expect(answer.status).toBe(401);
    expect(answer.url).toContain('error=CredentialsSignin');
    expect(await browser.session()).toEqual({});
  });

  it('audits a failure', async () => {
    await newBrowser().signIn(user.email, 'wrong');
    expect(await audited('session.refuse')).toHaveLength(1);
  });

  it('puts off further tries for one address, whatever the client, also made at once', async () => {
    const tries = await Promise.all(
      Array.from({ length: LOGIN_LIMITS.perEmail + 3 }, async (_, index) => {
        const browser = new Browser(serveApp, { 'x-forwarded-for': `203.0.113.${index}` });
        return (await browser.signIn(user.email, 'wrong')).status;
      }),
    );
    expect(tries.filter((status) => status === 401)).toHaveLength(LOGIN_LIMITS.perEmail);
    expect(tries.filter((status) => status === 429)).toHaveLength(3);
    const answer = await newBrowser().signIn(user.email, PASSWORD);
    expect(answer.status).toBe(429);
    expect(answer.url).toContain('error=too_many_attempts');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('takes no sign-in without the CSRF token', async () => {
    const browser = newBrowser();
    await browser.post('/api/auth/callback/credentials', { email: user.email, password: PASSWORD });
    expect(await browser.session()).toEqual({});
  });

  it('takes no sign-in from another site', async () => {
    const browser = newBrowser();
    const headers = { 'sec-fetch-site': 'cross-site' };
    const fields = { email: user.email, password: PASSWORD };
    expect((await browser.post('/api/auth/callback/credentials', fields, headers)).status).toBe(
      403,
    );
  });

  it('never redirects to another site', async () => {
    const browser = newBrowser();
    const answer = await browser.signIn(user.email, PASSWORD, 'https://evil.example/');
    expect(answer.url).not.toContain('evil.example');
  });
});

describe('a session', () => {
  it('ends for every copy of its cookie at sign-out', async () => {
    const browser = await signedIn();
    const copied = browser.request('GET', '/api/me');
    await browser.signOut();
    expect(await currentActor(copied)).toBeNull();
    expect(await browser.session()).toEqual({});
    expect(await audited('session.end')).toHaveLength(1);
  });

  it('ends when it is revoked, and its cookie is not renewed', async () => {
    const browser = await signedIn();
    await withSystem((tx) => revokeSessionsOfUser(tx, user.id));
    expect(await currentActor(browser.request('GET', '/api/me'))).toBeNull();
    expect(await browser.session()).toEqual({});
  });

  it('ends with its account', async () => {
    const browser = await signedIn();
    await database.owner.query('DELETE FROM users WHERE id = $1', [user.id]);
    expect(await currentActor(browser.request('GET', '/api/me'))).toBeNull();
  });

  it('is not made by a cookie of another secret', async () => {
    const browser = await signedIn();
    process.env.NEXTAUTH_SECRET = 'another-secret-of-console-sessions-0123456';
    reloadEnv();
    try {
      expect(await currentActor(browser.request('GET', '/api/me'))).toBeNull();
    } finally {
      process.env.NEXTAUTH_SECRET = 'test-secret-of-console-sessions-0123456789';
      reloadEnv();
    }
  });
});

describe('bearer tokens', () => {
  const actorOf = (authorization: string) =>
    currentActor(new Request('http://localhost/api/me', { headers: { authorization } }));

  it('are the bootstrap token, whole', async () => {
    expect(await actorOf('Bearer bootstrap-token-of-the-tests')).toMatchObject({
      type: 'bootstrap',
    });
    expect(await actorOf('Bearer bootstrap-token-of-the-test')).toBeNull();
    expect(await actorOf('Bearer ')).toBeNull();
    expect(await actorOf('Basic bootstrap-token-of-the-tests')).toBeNull();
  });

  it('decide alone: a session cookie does not make up for a bad one', async () => {
    const browser = await signedIn();
    const request = browser.request('GET', '/api/me', undefined, { authorization: 'Bearer rga_x' });
    expect(await currentActor(request)).toBeNull();
  });

  it('are not sessions: a session cookie sent as a bearer token is refused', async () => {
    const browser = await signedIn();
    expect(await actorOf(`Bearer ${browser.cookies.get('next-auth.session-token')}`)).toBeNull();
  });
});

describe('an invitation', () => {
  const origin = { ip: '192.0.2.1', userAgent: null };
  const invited = () =>
    withSystem((tx) => createUser(tx, { email: `invited${count}@example.com` }));
  const tokenOf = (invite: { url: string } | null) => invite?.url.split('/invite/')[1] ?? '';

  it('sets a first password, once, also when used twice at the same moment', async () => {
    const person = await invited();
    const token = tokenOf(inviteFor(person));
    expect(await readInvite(token)).toMatchObject({ email: person.email });
    const uses = await Promise.allSettled([
      acceptInvite(token, 'a first long password', origin),
      acceptInvite(token, 'a second long password', origin),
    ]);
    expect(uses.map((use) => use.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(readInvite(token)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not to be had for an account that can sign in', async () => {
    expect(inviteFor(user)).toBeNull();
  });

  it('is refused expired, altered or for another account', async () => {
    const person = await invited();
    const expired = tokenOf(inviteFor(person, Date.now() - 8 * 24 * 60 * 60 * 1000));
    const good = tokenOf(inviteFor(person));
    const [id = '', expires = '', mac = ''] = good.split('.');
    const later = (Number.parseInt(expires, 36) + 1000).toString(36);
    const other = user.id.replaceAll('-', '');
    const bad = [expired, `${id}.${later}.${mac}`, `${other}.${expires}.${mac}`, 'nonsense', ''];
    for (const token of bad) {
      await expect(readInvite(token)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
