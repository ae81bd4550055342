import { describe, expect, it } from 'vitest';
import { bytesOf, type CacheEntry } from './entry';
import { Shelves } from './shelves';

let made = 0;
function entry(tenantId: string, roleId: string, size = 1000): CacheEntry {
  made += 1;
  return {
    tenantId,
    roleId,
    id: `entry-${made}`,
    keyId: 'key',
    partition: 'p',
    exactKey: `exact-${made}`,
    question: '',
    vector: null,
    target: { provider: 'p', kind: 'openai', model: 'm' },
    requestedModel: 'm',
    body: Buffer.alloc(size),
    createdAt: 0,
    expiresAt: 1,
  };
}

function filled(maxBytes: number) {
  const evicted: string[] = [];
  const shelves = new Shelves(maxBytes, ({ id }) => void evicted.push(id));
  return { shelves, evicted };
}

describe('the shelves', () => {
  it('a role never has more entries than it may, and the least recently used goes first', () => {
    const { shelves, evicted } = filled(1e9);
    const [a, b, c, d] = [1, 2, 3, 4].map(() => entry('t', 'r')) as [
      CacheEntry,
      CacheEntry,
      CacheEntry,
      CacheEntry,
    ];
    for (const each of [a, b, c]) shelves.put(each, 3);
    shelves.touch(a);
    shelves.put(d, 3);
    expect(evicted).toEqual([b.id]);
    shelves.trim(a, 1);
    expect(evicted).toEqual([b.id, c.id, a.id]);
    expect(shelves.sizeOf('t', 'r').entries).toBe(1);
  });

  it('all together never take more than the memory they may, whatever comes', () => {
    const { shelves } = filled(100_000);
    for (let index = 0; index < 500; index++) {
      shelves.put(entry(`t${index % 7}`, `r${index % 3}`, (index * 37) % 9000), 1000);
      expect(shelves.bytes).toBeLessThanOrEqual(100_000);
    }
  });

  it('a tenant that fills the memory pushes out its own entries, not those of others', () => {
    const { shelves } = filled(100_000);
    const small = [1, 2, 3].map(() => entry('small', 'r'));
    for (const each of small) shelves.put(each, 1000);
    for (let index = 0; index < 1000; index++) shelves.put(entry('greedy', 'r'), 10_000);
    expect(shelves.sizeOf('small', null).entries).toBe(3);
  });

  it('refuses an entry that would take an eighth of all the memory', () => {
    const { shelves } = filled(10_000);
    expect(shelves.put(entry('t', 'r', 5000), 10)).toBe(false);
    expect(shelves.size).toBe(0);
  });

  it('counts to nothing again when everything has gone', () => {
    const { shelves } = filled(1e9);
    const all = Array.from({ length: 50 }, (_, index) => entry('t', `r${index % 4}`));
    for (const each of all) shelves.put(each, 100);
    expect(shelves.bytes).toBe(all.reduce((sum, each) => sum + bytesOf(each), 0));
    all.slice(0, 10).forEach((each) => shelves.remove(each));
    shelves.drop('t');
    shelves.put(entry('u', 'r'), 100);
    shelves.drop('t');
    expect(shelves.size).toBe(1);
    shelves.drop(null);
    expect([shelves.bytes, shelves.size, shelves.list('t', null).length]).toEqual([0, 0, 0]);
  });
});
