import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '@/lib/db/testing';
import { bearer } from './testing/client';
import {
  anonymous,
  createTestTenant,
  PASSWORD,
  signedInClient,
  type TestTenant,
} from './testing/fixture';
import { errorView, membersView, newMemberView, newTokenView } from './views';

const database = await testDatabase();
afterAll(() => database.close());

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await createTestTenant();
});
const add = async (email: string, role: string) => {
  const answer = await tenant.owner.post(`${tenant.path}/members`, { email, role });
  expect(answer.status).toBe(201);
  return newMemberView.parse(answer.body);
};
const newEmail = () => `${randomUUID()}@example.com`;

describe('members', () => {
  it('who have an account come in at once, with what their role allows', async () => {
    const ada = await signedInClient(newEmail());
    const member = await add(ada.email.toUpperCase(), 'viewer');
    expect(member).toMatchObject({ email: ada.email, role: 'viewer', invite: null });
    expect((await ada.client.get(`${tenant.path}/roles`)).status).toBe(200);
    expect((await ada.client.post(`${tenant.path}/roles`, { name: 'x' })).status).toBe(403);
    await tenant.owner.patch(`${tenant.path}/members/${member.id}`, { role: 'editor' });
    expect((await ada.client.post(`${tenant.path}/roles`, { name: 'x' })).status).toBe(201);
    await tenant.owner.del(`${tenant.path}/members/${member.id}`);
    // Of no tenant any more, so signed out as well.
    expect((await ada.client.get(`${tenant.path}/roles`)).status).toBe(401);
  });

  it('keep their session when they belong to another tenant still', async () => {
    const ada = await signedInClient(newEmail());
    await ada.client.post('/api/tenants', { name: 'Own', slug: `own-${randomUUID().slice(0, 8)}` });
    const member = await add(ada.email, 'viewer');
    await tenant.owner.del(`${tenant.path}/members/${member.id}`);
    expect((await ada.client.get(`${tenant.path}/roles`)).status).toBe(404);
    expect((await ada.client.get('/api/me')).status).toBe(200);
  });

  it('who are new get a link, set a password with it once, and can sign in', async () => {
    const email = newEmail();
    const { invite } = await add(email, 'editor');
    const path = `/api/invites/${invite?.url.split('/invite/')[1]}`;
    expect((await anonymous.get(path)).body).toMatchObject({ email });
    const short = await anonymous.post(path, { password: 'short' });
    expect([short.status, errorView.parse(short.body).error.issues[0]?.path]).toEqual([
      422,
      'password',
    ]);
    expect((await anonymous.post(path, { password: PASSWORD })).status).toBe(200);
    expect((await anonymous.post(path, { password: PASSWORD })).status).toBe(404);
    const person = await signedInClient(email, { exists: true });
    expect((await person.client.get(tenant.path)).status).toBe(200);
  });

  it('who lost their link get another until they can sign in', async () => {
    const { id } = await add(newEmail(), 'viewer');
    const again = await tenant.owner.post(`${tenant.path}/members/${id}/invite`);
    expect(again.status).toBe(201);
    const { url } = again.body as { url: string };
    await anonymous.post(`/api/invites/${url.split('/invite/')[1]}`, { password: PASSWORD });
    expect((await tenant.owner.post(`${tenant.path}/members/${id}/invite`)).status).toBe(409);
  });

  it('are added once', async () => {
    const { email } = await add(newEmail(), 'viewer');
    const answer = await tenant.owner.post(`${tenant.path}/members`, { email, role: 'owner' });
    expect([answer.status, errorView.parse(answer.body).error.issues[0]?.path]).toEqual([
      409,
      'email',
    ]);
  });

  it('always leave an owner behind', async () => {
    const { id } = await add(newEmail(), 'owner');
    expect((await tenant.owner.del(`${tenant.path}/members/${id}`)).status).toBe(409);
    expect(
      (await tenant.owner.patch(`${tenant.path}/members/${id}`, { role: 'viewer' })).status,
    ).toBe(409);
    const second = await add(newEmail(), 'owner');
    expect((await tenant.owner.del(`${tenant.path}/members/${id}`)).status).toBe(204);
    const { items } = membersView.parse((await tenant.viewer.get(`${tenant.path}/members`)).body);
    expect(items.map((item) => item.id)).toEqual([second.id]);
  });
});

describe('a password', () => {
  const change = (
    client: Awaited<ReturnType<typeof signedInClient>>['client'],
    currentPassword: string,
  ) => client.put('/api/me/password', { currentPassword, newPassword: 'another long password' });

  it('is changed by who knows it, and ends every session', async () => {
    const first = await signedInClient(newEmail());
    const second = await signedInClient(first.email, { exists: true });
    const wrong = await change(first.client, 'wrong');
    expect([wrong.status, errorView.parse(wrong.body).error.issues[0]?.path]).toEqual([
      422,
      'currentPassword',
    ]);
    expect((await change(first.client, PASSWORD)).status).toBe(204);
    for (const { client } of [first, second])
      expect((await client.get('/api/me')).status).toBe(401);
  });

  it('is not guessed by who holds a session', async () => {
    const { client } = await signedInClient(newEmail());
    const tries = [];
    for (let made = 0; made < 12; made += 1)
      tries.push((await change(client, `guess ${made}`)).status);
    expect(tries.slice(0, 10)).toEqual(Array(10).fill(422));
    const last = await change(client, PASSWORD);
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });

  it('is nothing a token has', async () => {
    const answer = await tenant.owner.put('/api/me/password', {
      currentPassword: 'x',
      newPassword: 'another long password',
    });
    expect(answer.status).toBe(403);
  });
});

describe('admin tokens', () => {
  const create = (body: object) =>
    tenant.owner.post(`${tenant.path}/tokens`, { name: 't', role: 'viewer', ...body });

  it('show their secret once, and end when they are deleted', async () => {
    const token = newTokenView.parse((await create({})).body);
    expect(token.secret).toMatch(/^rga_/);
    const { rows } = await database.owner.query('SELECT hash FROM admin_tokens WHERE id = $1', [
      token.id,
    ]);
    expect(rows[0].hash).not.toContain(token.secret);
    const list = await tenant.owner.get(`${tenant.path}/tokens`);
    expect(JSON.stringify(list.body)).not.toContain(token.secret);
    expect((await tenant.owner.del(`${tenant.path}/tokens/${token.id}`)).status).toBe(204);
    expect((await tenant.owner.del(`${tenant.path}/tokens/${token.id}`)).status).toBe(404);
  });

  it('end when they expire', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const token = newTokenView.parse((await create({ expiresAt })).body);
    expect(token.expiresAt).toBe(expiresAt);
    expect((await bearer(token.secret).get(tenant.path)).status).toBe(200);
    await database.owner.query(`UPDATE admin_tokens SET expires_at = now() WHERE id = $1`, [
      token.id,
    ]);
    expect((await bearer(token.secret).get(tenant.path)).status).toBe(401);
  });

  it.each([
    { expiresAt: '2001-01-01T00:00:00Z' },
    { expiresAt: 'soon' },
    { role: 'admin' },
    { name: '' },
  ])('of %j are 422', async (body) => {
    expect((await create(body)).status).toBe(422);
  });
});
