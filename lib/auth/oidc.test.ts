import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveApp } from '@/lib/admin/testing/app-routes';
import { withSystem } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { createUser, findUserByEmail } from '@/lib/db/users-repository';
import { reloadEnv } from '@/lib/env';
import { authProviders } from './providers';
import { Browser } from './testing/browser';
import { serveFetch, serveOidc, type Person, type TestServer } from './testing/servers';

/** Signing in at a real OpenID provider, over real HTTP on both sides. */

process.env.NEXTAUTH_SECRET = 'test-secret-of-console-sessions-0123456789';
reloadEnv();
const database = await testDatabase();
const people = new Map<string, Person>();
let consolePlane: TestServer;
let provider: Awaited<ReturnType<typeof serveOidc>>;

beforeAll(async () => {
  consolePlane = await serveFetch(serveApp);
  const client = {
    id: 'rolegate',
    secret: 'secret-of-the-client',
    redirectUri: () => `${consolePlane.origin}/api/auth/callback/oidc`,
  };
  provider = await serveOidc(people, client);
  process.env.NEXTAUTH_URL = consolePlane.origin;
  process.env.OIDC_ISSUER = provider.issuer;
  process.env.OIDC_CLIENT_ID = client.id;
  process.env.OIDC_CLIENT_SECRET = client.secret;
  reloadEnv();
});
afterAll(async () => {
  await Promise.all([consolePlane.close(), provider.close()]);
  await database.close();
});

/** One person at one computer: a cookie jar for the console and one for the provider. */
class Visitor {
  readonly console = new Browser(fetch, {}, consolePlane.origin);
  private readonly atProvider = new Browser(fetch, {}, provider.origin);

  /** Begins at the console; returns the provider's page to go to. */
  async begin(): Promise<string> {
    const csrfToken = await this.console.csrf();
    const answer = await this.console.post('/api/auth/signin/oidc', {
      csrfToken,
      callbackUrl: '/',
    });
    return answer.url;
  }

  /** Goes through the provider's pages as `account`; returns the address back at the console. */
  async consent(page: string, account: string): Promise<string> {
    let url = page;
    for (let step = 0; step < 12 && url.startsWith(provider.origin); step += 1) {
      const response = await this.atProvider.fetch(this.atProvider.request('GET', url));
      url = locationOf(response, url) ?? (await this.submit(await response.text(), url, account));
    }
    return url;
  }

  private async submit(html: string, page: string, account: string): Promise<string> {
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1];
    if (!action || !prompt) throw new Error(`no form at ${page}: ${html}`);
    const body = new URLSearchParams({ prompt, login: account, password: 'any' });
    const response = await this.atProvider.fetch(
      this.atProvider.request('POST', new URL(action, page).toString(), body),
    );
    return locationOf(response, page) ?? page;
  }

  /** Comes back to the console; returns where it sends the person. */
  async finish(callback: string): Promise<string> {
    let url = callback;
    for (let step = 0; step < 5; step += 1) {
      const response = await this.console.fetch(this.console.request('GET', url));
      const next = locationOf(response, url);
      if (!next) return url;
      url = next;
      if (!new URL(url).pathname.startsWith('/api/')) return url;
    }
    return url;
  }

  async signIn(account: string): Promise<string> {
    return this.finish(await this.consent(await this.begin(), account));
  }
}

function locationOf(response: Response, base: string): string | null {
  const location = response.headers.get('location');
  return location === null ? null : new URL(location, base).toString();
}

async function account(person: Person): Promise<string> {
  const id = randomUUID();
  people.set(id, person);
  return id;
}
const newUser = () => withSystem((tx) => createUser(tx, { email: `${randomUUID()}@example.com` }));
const refusal = (url: string) => new URL(url).searchParams.get('error');

describe('single sign-on', () => {
  it('is offered when it is configured', () => {
    expect(authProviders().map(({ id }) => id)).toEqual(['credentials', 'oidc']);
  });

  it('asks with PKCE, state and nonce', async () => {
    const query = new URL(await new Visitor().begin()).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(query.get(name)).toBeTruthy();
  });

  it('signs in a person whose verified address has an account, and ties the two', async () => {
    const user = await newUser();
    const id = await account({ email: user.email.toUpperCase(), email_verified: true });
    const visitor = new Visitor();
    expect(await visitor.signIn(id)).toBe(`${consolePlane.origin}/`);
    expect(await visitor.console.session()).toMatchObject({
      user: { id: user.id, email: user.email },
    });
    const tied = await withSystem((tx) => findUserByEmail(tx, user.email));
    expect(tied?.oidc).toEqual({ issuer: provider.issuer, subject: id });
    const { rows } = await database.owner.query(
      `SELECT detail FROM audit_log WHERE action = 'session.create' AND actor_id = $1`,
      [user.id],
    );
    expect(rows).toEqual([{ detail: { method: 'oidc' } }]);
  });

  it('knows the person afterwards by the identity, whatever the address says', async () => {
    const user = await newUser();
    const id = await account({ email: user.email, email_verified: true });
    await new Visitor().signIn(id);
    people.set(id, { email: 'moved@example.com', email_verified: false });
    const visitor = new Visitor();
    await visitor.signIn(id);
    expect(await visitor.console.session()).toMatchObject({ user: { id: user.id } });
  });

  it.each([
    [
      'nobody was invited by that address',
      async () => account({ email: `${randomUUID()}@example.com`, email_verified: true }),
    ],
    [
      'the address is not verified',
      async () => account({ email: (await newUser()).email, email_verified: false }),
    ],
    [
      'the provider says nothing of verification',
      async () => account({ email: (await newUser()).email }),
    ],
    [
      'the account is tied to another identity',
      async () => {
        const { email } = await newUser();
        await new Visitor().signIn(await account({ email, email_verified: true }));
        return account({ email, email_verified: true });
      },
    ],
  ])('refuses when %s', async (_what, prepare) => {
    const visitor = new Visitor();
    const url = await visitor.signIn(await prepare());
    expect([new URL(url).pathname, refusal(url)]).toEqual(['/signin', 'AccessDenied']);
    expect(await visitor.console.session()).toEqual({});
  });

  it("takes no answer that was meant for another visitor's browser", async () => {
    const user = await newUser();
    const id = await account({ email: user.email, email_verified: true });
    const attacker = new Visitor();
    const callback = await attacker.consent(await attacker.begin(), id);
    const victim = new Visitor();
    await victim.begin();
    const url = await victim.finish(callback);
    expect([new URL(url).pathname, refusal(url)]).toEqual(['/signin', 'OAuthCallback']);
    expect(await victim.console.session()).toEqual({});
  });

  it('takes an answer once', async () => {
    const user = await newUser();
    const visitor = new Visitor();
    const callback = await visitor.consent(
      await visitor.begin(),
      await account({ email: user.email, email_verified: true }),
    );
    expect(await visitor.finish(callback)).toBe(`${consolePlane.origin}/`);
    expect(refusal(await visitor.finish(callback))).toBe('OAuthCallback');
  });
});
