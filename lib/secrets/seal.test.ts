import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSealed, seal, SealError, unseal } from './seal';

const key = randomBytes(32).toString('base64');

describe('seal', () => {
  it('gives back exactly what was sealed, the empty text and any Unicode included', () => {
    for (const text of ['', 'sk-secret', 'żółć 🔑 \u0000', 'x'.repeat(10_000)]) {
      expect(unseal(seal(text, 'tenant/connection', key), 'tenant/connection', key)).toBe(text);
    }
  });

  it('never writes the same secret the same way, nor shows it', () => {
    const first = seal('sk-secret', 'here', key);
    expect(first).not.toBe(seal('sk-secret', 'here', key));
    expect(first).not.toContain('sk-secret');
    expect(isSealed(first)).toBe(true);
  });

  it('stays shut in another place', () => {
    expect(() => unseal(seal('s', 'tenant a', key), 'tenant b', key)).toThrow(
      /altered or belongs to another place/,
    );
  });

  it('names the remedy when the key was exchanged', () => {
    const other = randomBytes(32).toString('base64');
    expect(() => unseal(seal('s', 'here', key), 'here', other)).toThrow(
      /restore the former ROLEGATE_ENCRYPTION_KEY/,
    );
  });

  it('refuses a text with any character altered', () => {
    const sealed = seal('secret', 'here', key);
    for (let at = 0; at < sealed.length - 1; at += 1) {
      const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => unseal(altered, 'here', key)).toThrow(SealError);
    }
  });

  it('refuses a key that is not 32 bytes', () => {
    expect(() => seal('s', 'here', 'c2hvcnQ=')).toThrow(/32 bytes in base64/);
  });
});
