import { afterAll, describe, expect, it, vi } from 'vitest';
import { databaseAnswers, openDatabase, withSystem, withSystemSql, withTenant } from './client';
import { createTenant, listTenants, updateTenant } from './tenants-repository';
import { freshDatabaseUrl, takeAway, testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

describe('withTenant and withSystem', () => {
  it('roll back what was written when the work throws', async () => {
    const failing = withSystem(async (tx) => {
      await createTenant(tx, { name: 'Gone', slug: 'gone' });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const failingSql = withSystemSql(async (sql) => {
      await sql.query(`INSERT INTO tenants (name, slug) VALUES ('Gone', 'gone')`);
      throw new Error('changed my mind');
    });
    await expect(failingSql).rejects.toThrow('changed my mind');
    expect((await withSystem((tx) => listTenants(tx))).items).toEqual([]);
  });

  it('serve many more transactions at once than there are connections', async () => {
    const counts = await Promise.all(
      Array.from({ length: 100 }, () => withSystem((tx) => tx.tenant.count())),
    );
    expect(counts).toHaveLength(100);
  });

  it('refuse a tenant scope that is not a tenant’s id', () => {
    expect(() => withTenant(`' OR true --`, (tx) => tx.tenant.count())).toThrow(TypeError);
  });

  it('say a taken slug as a conflict that names the field', async () => {
    const [one, two] = await Promise.all(
      ['one', 'two'].map((slug) => withSystem((tx) => createTenant(tx, { name: slug, slug }))),
    );
    await expect(
      withSystem((tx) => createTenant(tx, { name: 'again', slug: 'one' })),
    ).rejects.toMatchObject({ code: 'conflict', issues: [{ path: 'slug' }] });
    await expect(
      withTenant(two?.id ?? '', (tx) => updateTenant(tx, two?.id ?? '', { slug: 'one' })),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(one?.slug).toBe('one');
  });

  it('say a value that no column can hold as the client’s fault', async () => {
    await expect(
      withSystem((tx) => createTenant(tx, { name: 'nul \0', slug: 'nul' })),
    ).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('openDatabase', () => {
  it('does nothing for the database that is open, and refuses another', async () => {
    await openDatabase(database.url);
    await expect(openDatabase(await freshDatabaseUrl())).rejects.toThrow(
      /Another database is open/,
    );
  });
});

describe('a database that goes away', () => {
  it('is said as 503 with a time to try again, and is used again once it is back', async () => {
    const giveBack = await takeAway(database);
    try {
      await expect(withSystem((tx) => tx.tenant.count())).rejects.toMatchObject({
        code: 'unavailable',
        status: 503,
        retryAfterSeconds: 1,
      });
      expect(await databaseAnswers()).toBe(false);
    } finally {
      await giveBack();
    }
    await vi.waitUntil(() => databaseAnswers(), { timeout: 5_000 });
    expect(await withSystem((tx) => tx.tenant.count())).toBe(2);
  });
});
