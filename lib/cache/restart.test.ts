import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { PostgresCacheArchive } from '@/lib/db/cache-archive';
import { testDatabase } from '@/lib/db/testing';
import { FakeClock } from '@/lib/gateway/testing/fake-clock';
import type { Principal } from '@/lib/gateway/types';
import { cachedGateway, type CachedGateway } from './testing/cached-gateway';

const database = await testDatabase();
const gateways: CachedGateway[] = [];
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  await database.close();
});

const ids = { tenant: randomUUID(), role: randomUUID(), key: randomUUID() };

/** A process of its own as far as the cache is concerned: nothing in memory, the same database. */
async function start() {
  const archive = new PostgresCacheArchive({ clock: new FakeClock() });
  const gateway = await cachedGateway({ cache: { archive, loadWaitMs: 10_000 } });
  gateways.push(gateway);
  const found = await gateway.principals.bySecret(gateway.key);
  if (found.kind !== 'found') throw new Error('There is no such key.');
  const { principal } = found;
  const change: Partial<Principal> = {
    tenant: { ...principal.tenant, id: ids.tenant },
    role: { id: ids.role, name: 'r' },
    key: { ...principal.key, id: ids.key },
  };
  gateway.principals.update(gateway.key, change);
  return { gateway, archive };
}

it('answers outlive the process: exactly, by meaning, and not once they were purged', async () => {
  await database.owner.query(`
    INSERT INTO tenants (id, name, slug) VALUES ('${ids.tenant}', 'T', 't');
    INSERT INTO roles (id, tenant_id, name) VALUES ('${ids.role}', '${ids.tenant}', 'r');
    INSERT INTO api_keys (id, tenant_id, role_id, name, prefix, hash)
      VALUES ('${ids.key}', '${ids.tenant}', '${ids.role}', 'k', 'p', 'h');
  `);
  const question = 'How do I get a refund for my order?';
  const first = await start();
  await first.gateway.ask(question);
  await first.gateway.encoder.encode(question);
  await first.archive.drain();

  const second = await start();
  expect((await second.gateway.ask(question)).status).toBe('hit-exact');
  const alike = await second.gateway.ask('How can I get a refund for my order?');
  expect(alike.status).toBe('hit-semantic');
  expect(second.gateway.upstream.requests).toHaveLength(0);

  await first.gateway.cache.clear(ids.tenant, ids.role);
  second.gateway.cache.reload(ids.tenant);
  expect((await second.gateway.ask(question)).status).toBe('miss');
});
