import { describe, expect, it } from 'vitest';
import {
  generateAdminToken,
  generateApiKey,
  hashSecret,
  isAdminToken,
  isApiKey,
  secretsEqual,
} from './token';

describe('bearer secrets', () => {
  it('are 256 random bits under their own prefix, stored as SHA-256', () => {
    const key = generateApiKey();
    expect(key.secret).toMatch(/^rg_[A-Za-z0-9_-]{43}$/);
    expect(key.prefix).toBe(key.secret.slice(0, 10));
    expect(key.hash).toBe(hashSecret(key.secret));
    expect(key.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(generateAdminToken().secret).toMatch(/^rga_/);
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => generateApiKey().secret)).size).toBe(1000);
  });

  it('are told apart, and from anything else, by their form', () => {
    const { secret } = generateApiKey();
    expect([isApiKey(secret), isAdminToken(secret)]).toEqual([true, false]);
    for (const bogus of ['', 'rg_', `${secret}x`, ` ${secret}`, `${secret}\n`, 'sk-abc'])
      expect(isApiKey(bogus)).toBe(false);
  });

  it('compare whatever their lengths', () => {
    expect(secretsEqual('abc', 'abc')).toBe(true);
    expect(secretsEqual('abc', 'abcd')).toBe(false);
    expect(secretsEqual('', 'a')).toBe(false);
  });
});
