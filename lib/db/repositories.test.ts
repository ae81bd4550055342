import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyPolicy, rolePolicySchema } from '@/lib/policy/role-policy';
import {
  createAdminToken,
  deleteAdminToken,
  identifyAdminToken,
  listAdminTokens,
} from './admin-tokens-repository';
import {
  claimDueAlerts,
  enqueueAlerts,
  listAlerts,
  settleAlert,
  type AlertInput,
} from './alerts-repository';
import { createApiKey, findApiKey, listApiKeys, revokeApiKey } from './api-keys-repository';
import { appendAudit, listAudit, SYSTEM_ACTOR } from './audit-repository';
import { listBreakers, listOpenBreakers, resetBreaker, saveBreaker } from './breakers-repository';
import { addBudgetUsage, listBudgetUsage } from './budget-usage-repository';
import { lockRoleBudget } from './budget-windows';
import { addCacheStats, readCacheStats } from './cache-stats-repository';
import { withSystem, withTenant, type Tx } from './client';
import {
  admitLogin,
  LOGIN_LIMITS,
  pruneLoginAttempts,
  recordLoginSuccess,
} from './login-attempts-repository';
import { addMember, changeMemberRole, listMembers, removeMember } from './memberships-repository';
import type { Page } from './paging';
import { listPrices, replacePrices } from './prices-repository';
import {
  createConnection,
  deleteConnection,
  findConnection,
  listConnections,
  openConnection,
  recordConnectionTest,
  updateConnection,
} from './provider-connections-repository';
import {
  createRole,
  deleteRole,
  findRole,
  listRoles,
  updateRole,
  type RoleView,
} from './roles-repository';
import {
  createSession,
  findActiveSession,
  revokeSession,
  revokeSessionsOfUser,
} from './sessions-repository';
import { createTenant } from './tenants-repository';
import { testDatabase } from './testing';
import { createUser, findUserByOidc, linkUserToOidc, listTenantsOfUser } from './users-repository';

const database = await testDatabase();
afterAll(() => database.close());

let tenantId: string;
let otherId: string;
let role: RoleView;
let turn = 0;

const inTenant = <T>(work: (tx: Tx) => Promise<T>) => withTenant(tenantId, work);
const inOther = <T>(work: (tx: Tx) => Promise<T>) => withTenant(otherId, work);
const newRole = (name: string, further: Partial<Parameters<typeof createRole>[2]> = {}) =>
  inTenant((tx) =>
    createRole(tx, tenantId, { name, policy: emptyPolicy, ...further }, SYSTEM_ACTOR),
  );
const newUser = (email: string) => withSystem((tx) => createUser(tx, { email }));

async function drainPages<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

beforeEach(async () => {
  turn += 1;
  tenantId = (await withSystem((tx) => createTenant(tx, { name: 'T', slug: `t${turn}` }))).id;
  otherId = (await withSystem((tx) => createTenant(tx, { name: 'O', slug: `o${turn}` }))).id;
  role = await newRole('r');
});

describe('roles', () => {
  it('are found by id and by name, in their tenant only', async () => {
    expect(await inTenant((tx) => findRole(tx, tenantId, role.id))).toEqual(role);
    expect(await inTenant((tx) => findRole(tx, tenantId, 'r'))).toEqual(role);
    expect(await inOther((tx) => findRole(tx, otherId, role.id))).toBeNull();
    for (const absent of ['', 'nul \0', '00000000-0000-4000-8000-000000000000'])
      expect(await inTenant((tx) => findRole(tx, tenantId, absent))).toBeNull();
  });

  it('have unique names in a tenant, and may share them between tenants', async () => {
    await expect(newRole('r')).rejects.toMatchObject({
      code: 'conflict',
      issues: [{ path: 'name' }],
    });
    const second = await newRole('second');
    await expect(
      inTenant((tx) => updateRole(tx, tenantId, second.id, { name: 'r' })),
    ).rejects.toMatchObject({ code: 'conflict' });
    await inOther((tx) =>
      createRole(tx, otherId, { name: 'r', policy: emptyPolicy }, SYSTEM_ACTOR),
    );
  });

  it('have at most one default, whichever way it is marked, at once included', async () => {
    const [a, b] = [
      await newRole('a', { isDefault: true }),
      await newRole('b', { isDefault: true }),
    ];
    const defaults = async () => {
      const { rows } = await database.owner.query<{ id: string }>(
        'SELECT id FROM roles WHERE tenant_id = $1 AND is_default',
        [tenantId],
      );
      return rows.map(({ id }) => id);
    };
    expect(await defaults()).toEqual([b.id]);
    await Promise.all(
      [a, b, role].map(({ id }) =>
        inTenant((tx) => updateRole(tx, tenantId, id, { isDefault: true })),
      ),
    );
    expect(await defaults()).toHaveLength(1);
  });

  it('show their sections, keys in force and latest change', async () => {
    const made = await newRole('busy', {
      policy: rolePolicySchema.parse({ cachingPolicy: { enabled: true } }),
    });
    const { id } = await inTenant((tx) =>
      createApiKey(tx, tenantId, { name: 'revoked', roleId: made.id, createdBy: '' }),
    );
    await inTenant((tx) => revokeApiKey(tx, tenantId, id));
    await inTenant((tx) =>
      createApiKey(tx, tenantId, { name: 'in force', roleId: made.id, createdBy: '' }),
    );
    const shown = await inTenant((tx) => findRole(tx, tenantId, 'busy'));
    expect(shown).toMatchObject({
      keyCount: 1,
      policyVersion: 1,
      lastChange: { by: 'Rolegate' },
      sections: { cachingPolicy: true, budgetPolicy: false },
    });
  });

  it('are listed by name, page by page', async () => {
    for (const name of ['c', 'a', 'b']) await newRole(name);
    const items = await drainPages((cursor) =>
      inTenant((tx) => listRoles(tx, tenantId, { limit: 1, cursor })),
    );
    expect(items.map((item) => item.name)).toEqual(['a', 'b', 'c', 'r']);
  });

  it('take their keys and revisions along', async () => {
    const key = await inTenant((tx) =>
      createApiKey(tx, tenantId, { name: 'k', roleId: role.id, createdBy: '' }),
    );
    expect(await inTenant((tx) => deleteRole(tx, tenantId, role.id))).toBe(true);
    expect(await inTenant((tx) => findApiKey(tx, tenantId, key.id))).toBeNull();
  });
});

describe('API keys and admin tokens', () => {
  it('show their secret once and keep only its hash', async () => {
    const key = await inTenant((tx) =>
      createApiKey(tx, tenantId, { name: 'k', roleId: role.id, createdBy: 'ada' }),
    );
    expect(key).toMatchObject({
      role: { id: role.id, name: 'r' },
      prefix: key.secret.slice(0, 10),
      createdBy: 'ada',
      expiresAt: null,
    });
    const { rows } = await database.owner.query(
      'SELECT api_keys::text AS row FROM api_keys WHERE id = $1',
      [key.id],
    );
    expect(rows[0].row).not.toContain(key.secret);
    expect(await inTenant((tx) => findApiKey(tx, tenantId, key.id))).not.toHaveProperty('secret');
  });

  it('are listed newest first; revoked keys only when asked for', async () => {
    const names = ['1', '2', '3'];
    const keys: { id: string }[] = [];
    for (const name of names)
      keys.push(
        await inTenant((tx) =>
          createApiKey(tx, tenantId, { name, roleId: role.id, createdBy: '' }),
        ),
      );
    await inTenant((tx) => revokeApiKey(tx, tenantId, keys[1]?.id ?? ''));
    expect(await inTenant((tx) => revokeApiKey(tx, tenantId, keys[1]?.id ?? ''))).toBeNull();
    const list = (includeRevoked: boolean) =>
      drainPages((cursor) =>
        inTenant((tx) => listApiKeys(tx, tenantId, { limit: 1, cursor, includeRevoked })),
      );
    expect((await list(false)).map((key) => key.name)).toEqual(['3', '1']);
    expect((await list(true)).map((key) => key.name)).toEqual(['3', '2', '1']);
  });

  it('belong to a role of their own tenant', async () => {
    const write = inOther((tx) =>
      createApiKey(tx, otherId, { name: 'k', roleId: role.id, createdBy: '' }),
    );
    await expect(write).rejects.toMatchObject({ code: 'conflict' });
  });

  it('admin tokens are known by their secret until they expire or are deleted', async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const token = await inTenant((tx) =>
      createAdminToken(tx, tenantId, { name: 'ci', role: 'editor', expiresAt, createdBy: '' }),
    );
    const identify = (now?: Date) => withSystem((tx) => identifyAdminToken(tx, token.secret, now));
    expect(await identify()).toMatchObject({ tenantId, role: 'editor', name: 'ci' });
    expect(await identify(expiresAt)).toBeNull();
    expect(
      (await inTenant((tx) => listAdminTokens(tx, tenantId))).items[0]?.lastUsedAt,
    ).not.toBeNull();
    expect(await inOther((tx) => deleteAdminToken(tx, otherId, token.id))).toBeNull();
    expect(await inTenant((tx) => deleteAdminToken(tx, tenantId, token.id))).toMatchObject({
      name: 'ci',
    });
    expect(await identify()).toBeNull();
  });
});

describe('people', () => {
  it('have one account an e-mail address, whatever its case', async () => {
    await newUser(`Ada${turn}@Example.com`);
    await expect(newUser(`ada${turn}@example.COM`)).rejects.toMatchObject({
      code: 'conflict',
      issues: [{ path: 'email' }],
    });
  });

  it('are found by the identity they signed in with', async () => {
    const user = await newUser(`oidc${turn}@example.com`);
    await withSystem((tx) =>
      linkUserToOidc(tx, user.id, { issuer: 'https://idp', subject: `s${turn}` }),
    );
    expect(await withSystem((tx) => findUserByOidc(tx, 'https://idp', `s${turn}`))).toMatchObject({
      id: user.id,
    });
    expect(await withSystem((tx) => findUserByOidc(tx, 'https://other', `s${turn}`))).toBeNull();
  });

  it('are members of tenants, once each', async () => {
    const user = await newUser(`m${turn}@example.com`);
    const member = await withSystem((tx) => addMember(tx, tenantId, user.id, 'viewer'));
    await expect(
      withSystem((tx) => addMember(tx, tenantId, user.id, 'owner')),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await inTenant((tx) => listMembers(tx, tenantId))).toMatchObject({
      items: [{ id: member.id, email: user.email, role: 'viewer' }],
    });
    expect(await withSystem((tx) => listTenantsOfUser(tx, user.id))).toMatchObject([
      { id: tenantId, membership: 'viewer' },
    ]);
  });

  it('never leave a tenant without an owner, even two who go at the same moment', async () => {
    const owners: { id: string }[] = [];
    for (const name of ['x', 'y']) {
      const user = await newUser(`${name}${turn}@example.com`);
      owners.push(await withSystem((tx) => addMember(tx, tenantId, user.id, 'owner')));
    }
    const [x, y] = owners.map((owner) => owner.id);
    const results = await Promise.allSettled([
      inTenant((tx) => removeMember(tx, tenantId, x ?? '')),
      inTenant((tx) => changeMemberRole(tx, tenantId, y ?? '', 'viewer')),
    ]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const left = (await inTenant((tx) => listMembers(tx, tenantId))).items.filter(
      (member) => member.role === 'owner',
    );
    expect(left).toHaveLength(1);
  });

  it('have sessions that end by time, sign-out, or signing out everywhere', async () => {
    const user = await newUser(`s${turn}@example.com`);
    const expiresAt = new Date(Date.now() + 60_000);
    const open = () =>
      withSystem((tx) =>
        createSession(tx, { userId: user.id, expiresAt, ip: null, userAgent: null }),
      );
    const [one, two] = [await open(), await open()];
    const active = (id: string, now?: Date) => withSystem((tx) => findActiveSession(tx, id, now));
    expect(await active(one.id)).toEqual(one);
    expect(await active(one.id, expiresAt)).toBeNull();
    await withSystem((tx) => revokeSession(tx, one.id));
    expect([await active(one.id), (await active(two.id))?.id]).toEqual([null, two.id]);
    await withSystem((tx) => revokeSessionsOfUser(tx, user.id));
    expect(await active(two.id)).toBeNull();
  });
});

describe('sign-in attempts', () => {
  const now = new Date('2031-01-01T00:00:00Z');
  const attempt = (email: string, ip: string, at = now) =>
    withSystem((tx) => admitLogin(tx, { email, ip }, at));

  it('are refused once an e-mail address failed too often, those tried at once included, and told how long to wait', async () => {
    const email = `brute${turn}@example.com`;
    const results = await Promise.all(
      Array.from({ length: LOGIN_LIMITS.perEmail + 5 }, (_, index) =>
        attempt(email, `198.51.100.${index}`),
      ),
    );
    expect(results.filter((result) => result.allowed)).toHaveLength(LOGIN_LIMITS.perEmail);
    expect(await attempt(email.toUpperCase(), '203.0.113.1')).toEqual({
      allowed: false,
      retryAfterSeconds: LOGIN_LIMITS.windowMs / 1000,
    });
    expect(
      await attempt(email, '203.0.113.1', new Date(now.getTime() + LOGIN_LIMITS.windowMs)),
    ).toMatchObject({ allowed: true });
  });

  it('are refused once an IP address failed too often, over whatever accounts', async () => {
    for (let i = 0; i < LOGIN_LIMITS.perIp; i += 1)
      await attempt(`spray${turn}-${i}@example.com`, `192.0.2.${turn}`);
    expect(await attempt(`spray${turn}-new@example.com`, `192.0.2.${turn}`)).toMatchObject({
      allowed: false,
    });
  });

  it('start over for an e-mail address that signed in', async () => {
    const email = `forgetful${turn}@example.com`;
    for (let i = 0; i < LOGIN_LIMITS.perEmail; i += 1) {
      const result = await attempt(email, `198.51.101.${turn}`);
      if (i === LOGIN_LIMITS.perEmail - 1 && result.allowed)
        await withSystem((tx) => recordLoginSuccess(tx, result.attemptId));
    }
    expect(await attempt(email, `198.51.101.${turn}`)).toMatchObject({ allowed: true });
  });

  it('are forgotten when they no longer count', async () => {
    await attempt('old@example.com', '192.0.2.250', new Date('2020-01-01'));
    expect(await withSystem((tx) => pruneLoginAttempts(tx, now))).toBeGreaterThanOrEqual(1);
  });
});

describe('provider connections', () => {
  const credential = 'sk-very-long-secret-f3a9';
  const create = () =>
    inTenant((tx) =>
      createConnection(tx, tenantId, {
        kind: 'openai',
        name: 'openai',
        credential,
        models: ['gpt-4o'],
      }),
    );

  it('keep their credential sealed, show its end, and give it back for calls only', async () => {
    const view = await create();
    expect(view).toMatchObject({
      hasCredential: true,
      credentialHint: '…f3a9',
      enabled: true,
      models: ['gpt-4o'],
      lastTest: null,
    });
    const { rows } = await database.owner.query(
      'SELECT provider_connections::text AS row FROM provider_connections WHERE id = $1',
      [view.id],
    );
    expect(rows[0].row).not.toContain(credential);
    expect(await inTenant((tx) => openConnection(tx, tenantId, 'openai'))).toMatchObject({
      id: view.id,
      credential,
      models: ['gpt-4o'],
    });
    expect(await inOther((tx) => openConnection(tx, otherId, view.id))).toBeNull();
  });

  it('keep the credential that an edit leaves out', async () => {
    const { id } = await create();
    await inTenant((tx) => updateConnection(tx, tenantId, id, { enabled: false, credential: '' }));
    expect(await inTenant((tx) => openConnection(tx, tenantId, id))).toMatchObject({
      credential,
      enabled: false,
    });
    await inTenant((tx) => updateConnection(tx, tenantId, id, { credential: 'short' }));
    expect(await inTenant((tx) => findConnection(tx, tenantId, id))).toMatchObject({
      credentialHint: '',
      hasCredential: true,
    });
    expect(await inTenant((tx) => openConnection(tx, tenantId, id))).toMatchObject({
      credential: 'short',
    });
  });

  it('stay shut when a row is copied to another tenant', async () => {
    const { id } = await create();
    await database.owner.query(
      `INSERT INTO provider_connections (tenant_id, kind, name, credential_sealed) SELECT $1, kind, 'stolen', credential_sealed FROM provider_connections WHERE id = $2`,
      [otherId, id],
    );
    await expect(inOther((tx) => openConnection(tx, otherId, 'stolen'))).rejects.toThrow(
      /altered or belongs to another place/,
    );
  });

  it('have unique names, are listed by name, remember their test, and go', async () => {
    const { id } = await create();
    await expect(create()).rejects.toMatchObject({ code: 'conflict', issues: [{ path: 'name' }] });
    await inTenant((tx) =>
      createConnection(tx, tenantId, {
        kind: 'ollama',
        name: 'local',
        baseUrl: 'http://127.0.0.1:11434',
      }),
    );
    const test = {
      ok: true,
      message: 'fine',
      latencyMs: 12,
      models: ['gpt-4o'],
      at: new Date().toISOString(),
    };
    await inTenant((tx) => recordConnectionTest(tx, tenantId, id, test));
    const items = await drainPages((cursor) =>
      inTenant((tx) => listConnections(tx, tenantId, { limit: 1, cursor })),
    );
    expect(items).toMatchObject([
      { name: 'local', hasCredential: false, baseUrl: 'http://127.0.0.1:11434' },
      { name: 'openai', lastTest: test },
    ]);
    expect([
      await inTenant((tx) => deleteConnection(tx, tenantId, id)),
      await inTenant((tx) => deleteConnection(tx, tenantId, id)),
    ]).toEqual([true, false]);
  });
});

describe('prices', () => {
  it('are replaced whole and exact to ten decimals', async () => {
    await inTenant((tx) =>
      replacePrices(tx, tenantId, [
        { model: 'openai/old', inputPerMillion: '1', outputPerMillion: '2' },
      ]),
    );
    const prices = [
      {
        model: 'openai/a',
        inputPerMillion: '0.0000000001',
        cachedInputPerMillion: null,
        outputPerMillion: '1234567890.5',
      },
      {
        model: 'openai/b',
        inputPerMillion: '0.1',
        cachedInputPerMillion: '0',
        outputPerMillion: '3',
      },
    ];
    const expected = prices.map((price) => ({ ...price, source: 'tenant' }));
    expect(await inTenant((tx) => replacePrices(tx, tenantId, prices))).toEqual(expected);
    expect(await inTenant((tx) => listPrices(tx, tenantId))).toEqual(expected);
  });
});

describe('the audit log', () => {
  it('is listed newest first, filtered, page by page', async () => {
    for (let i = 0; i < 5; i += 1) {
      await inTenant((tx) =>
        appendAudit(tx, {
          tenantId,
          actor: SYSTEM_ACTOR,
          action: i % 2 ? 'key.create' : 'key.revoke',
          target: { type: 'key', id: String(i), name: '' },
        }),
      );
    }
    const read = (action?: string) =>
      drainPages((cursor) =>
        inTenant((tx) => listAudit(tx, tenantId, { limit: 2, cursor, action })),
      );
    const targets = (await read()).map((entry) => entry.target.id);
    expect(targets.toSorted()).toEqual(['0', '1', '2', '3', '4']);
    expect((await read()).map((entry) => entry.at)).toEqual(
      (await read())
        .map((entry) => entry.at)
        .toSorted()
        .reverse(),
    );
    expect((await read('key.create')).map((entry) => entry.target.id).toSorted()).toEqual([
      '1',
      '3',
    ]);
    expect(await inOther((tx) => listAudit(tx, otherId))).toEqual({ items: [], nextCursor: null });
  });
});

describe('alerts', () => {
  const alert = (further: Partial<AlertInput> = {}): AlertInput => ({
    roleId: role.id,
    kind: 'budget_alert',
    channel: 'webhook',
    target: 'https://hooks.example.com/secret-path',
    payload: { share: 0.8 },
    ...further,
  });
  const claim = (now: Date) => withSystem((tx) => claimDueAlerts(tx, 100, 60_000, now));
  const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

  it('are queued once a key, their target sealed', async () => {
    expect(
      await inTenant((tx) => enqueueAlerts(tx, tenantId, [alert({ dedupeKey: 'd' }), alert()])),
    ).toBe(2);
    expect(await inTenant((tx) => enqueueAlerts(tx, tenantId, [alert({ dedupeKey: 'd' })]))).toBe(
      0,
    );
    const { rows } = await database.owner.query(
      'SELECT string_agg(alert_outbox::text, $2) AS rows FROM alert_outbox WHERE tenant_id = $1',
      [tenantId, ''],
    );
    expect(rows[0].rows).not.toContain('secret-path');
    expect((await inTenant((tx) => listAlerts(tx, tenantId))).items[0]).toMatchObject({
      target: 'hooks.example.com',
      status: 'pending',
    });
  });

  it('are each taken by one worker, again only after its lease, and settled', async () => {
    await withSystem((tx) => tx.alert.deleteMany());
    await inTenant((tx) => enqueueAlerts(tx, tenantId, [alert(), alert(), alert()]));
    const taken = (await Promise.all([claim(later(1)), claim(later(1)), claim(later(1))])).flat();
    expect(new Set(taken.map((due) => due.id)).size).toBe(3);
    expect(taken).toHaveLength(3);
    expect(taken[0]).toMatchObject({
      tenantId,
      target: 'https://hooks.example.com/secret-path',
      attempts: 1,
      payload: { share: 0.8 },
    });
    const [sent, retried, undeliverable] = taken.map((due) => due.id);
    await withSystem((tx) => settleAlert(tx, sent ?? '', { status: 'sent' }));
    await withSystem((tx) =>
      settleAlert(tx, retried ?? '', { status: 'retry', error: '503', at: later(10) }),
    );
    await withSystem((tx) =>
      settleAlert(tx, undeliverable ?? '', {
        status: 'undeliverable',
        error: 'SMTP_URL is not set',
      }),
    );
    expect(await claim(later(5))).toEqual([]);
    expect((await claim(later(11))).map((due) => [due.id, due.attempts])).toEqual([[retried, 2]]);
    expect((await claim(later(300))).map((due) => due.id)).toEqual([retried]);
    const { items } = await inTenant((tx) => listAlerts(tx, tenantId, { status: 'undeliverable' }));
    expect(items).toMatchObject([{ id: undeliverable, lastError: 'SMTP_URL is not set' }]);
  });
});

describe('budget usage', () => {
  const add = (date: string, costUsd: string) =>
    inTenant(async (tx) => {
      await lockRoleBudget(tx, role.id);
      const usage = { roleId: role.id, date, costUsd, requests: 1, tokens: 10 };
      await addBudgetUsage(tx, tenantId, usage);
    });
  const read = () =>
    inTenant((tx) => listBudgetUsage(tx, tenantId, { from: '2031-01-01', to: '2031-12-31' }));

  it('sums day, week from Monday and month exactly, in whatever order days are settled', async () => {
    // 2031-03-31 is a Monday, 2031-04-01 a Tuesday of the same week and another month.
    for (const [date, cost] of [
      ['2031-04-01', '0.1'],
      ['2031-03-31', '0.2'],
      ['2031-04-01', '0.0000000001'],
      ['2031-03-30', '5'],
      ['2031-04-07', '1'],
    ] as const) {
      await add(date, cost);
    }
    expect(
      (await read()).map((row) => [
        row.date,
        row.dailyCostUsd,
        row.weeklyCostUsd,
        row.monthlyCostUsd,
        row.requestCount,
        row.tokenCount,
      ]),
    ).toEqual([
      ['2031-03-30', '5', '5', '5', 1, 10],
      ['2031-03-31', '0.2', '0.2', '5.2', 1, 10],
      ['2031-04-01', '0.1000000001', '0.3000000001', '0.1000000001', 2, 20],
      ['2031-04-07', '1', '1', '1.1000000001', 1, 10],
    ]);
  });

  it('loses nothing when many settle at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        add(index % 2 ? '2031-05-06' : '2031-05-05', '0.0000000001'),
      ),
    );
    const [first, second] = await read();
    expect(first).toMatchObject({ dailyCostUsd: '0.000000002', weeklyCostUsd: '0.000000002' });
    expect(second).toMatchObject({
      dailyCostUsd: '0.000000002',
      weeklyCostUsd: '0.000000004',
      requestCount: 20,
    });
  });
});

describe('cache statistics', () => {
  it('add up by day, over roles, exactly', async () => {
    const second = await newRole('second');
    for (const [roleId, date] of [
      [role.id, '2031-01-01'],
      [role.id, '2031-01-01'],
      [second.id, '2031-01-01'],
      [second.id, '2031-01-02'],
    ] as const) {
      await inTenant((tx) =>
        addCacheStats(tx, tenantId, {
          roleId,
          date,
          hits: 2,
          misses: 1,
          costSavedUsd: '0.1',
          latencySavedMs: 500,
        }),
      );
    }
    const whole = { from: '2031-01-01', to: '2031-01-31' };
    expect(await inTenant((tx) => readCacheStats(tx, tenantId, whole))).toEqual({
      hits: 8,
      misses: 4,
      costSavedUsd: '0.4',
      latencySavedMs: 2000,
      wrongAnswers: 0,
      days: [
        {
          date: '2031-01-01',
          hits: 6,
          misses: 3,
          costSavedUsd: '0.3',
          latencySavedMs: 1500,
          wrongAnswers: 0,
        },
        {
          date: '2031-01-02',
          hits: 2,
          misses: 1,
          costSavedUsd: '0.1',
          latencySavedMs: 500,
          wrongAnswers: 0,
        },
      ],
    });
    expect(
      await inTenant((tx) => readCacheStats(tx, tenantId, { ...whole, roleId: role.id })),
    ).toMatchObject({ hits: 4 });
  });
});

describe('circuit breakers', () => {
  it('are written over, listed and reset', async () => {
    const openedAt = new Date('2031-01-01T00:00:00.000Z');
    await inTenant((tx) =>
      saveBreaker(tx, tenantId, {
        provider: 'openai',
        state: 'closed',
        failureCount: 2,
        lastFailureAt: openedAt,
        openedAt: null,
        openTimeoutMs: 60_000,
      }),
    );
    await inTenant((tx) =>
      saveBreaker(tx, tenantId, {
        provider: 'openai',
        state: 'open',
        failureCount: 5,
        lastFailureAt: openedAt,
        openedAt,
        openTimeoutMs: 90_000,
      }),
    );
    expect(await inTenant((tx) => listBreakers(tx, tenantId))).toEqual([
      { provider: 'openai', state: 'open', failureCount: 5, openedAt: openedAt.toISOString() },
    ]);
    const [stored] = (await withSystem(listOpenBreakers)).filter(
      (each) => each.tenantId === tenantId,
    );
    expect(stored).toMatchObject({
      provider: 'openai',
      state: 'open',
      openedAt,
      openTimeoutMs: 90_000,
    });
    expect(await inTenant((tx) => resetBreaker(tx, tenantId, 'openai'))).toEqual({
      provider: 'openai',
      state: 'closed',
      failureCount: 0,
      openedAt: null,
    });
    expect(await inTenant((tx) => resetBreaker(tx, tenantId, 'nobody'))).toBeNull();
    expect(await inOther((tx) => listBreakers(tx, otherId))).toEqual([]);
  });
});
