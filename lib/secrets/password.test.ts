import { describe, expect, it } from 'vitest';
import { generatePassword, passwordHashes } from './password';
import { PASSWORD_COST } from './password-cost';

/** By the relative path the cost is the product's. */
const { hash: hashPassword, verify: verifyPassword, needsRehash } = passwordHashes(PASSWORD_COST);

describe('passwords', () => {
  it('are accepted when right and refused when wrong', async () => {
    const stored = await hashPassword('correct horse');
    expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct horse ', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  });

  it('are salted: the same password is stored differently', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('are the same however their letters are composed', async () => {
    expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  it('are refused for an unknown user, at the cost of a wrong password', async () => {
    expect(await verifyPassword('anything', null)).toBe(false);
  });

  it('made with other parameters still verify and ask to be hashed again', async () => {
    // RFC 7914's own parameters are larger; these were computed with node's scrypt, N = 2^4.
    const { scryptSync } = await import('node:crypto');
    const salt = Buffer.from('saltsaltsaltsalt');
    const hash = scryptSync('old', salt, 32, { N: 16, r: 8, p: 1 });
    const stored = `$scrypt$ln=4,r=8,p=1$${salt.toString('base64').replace(/=+$/, '')}$${hash.toString('base64').replace(/=+$/, '')}`;
    expect(await verifyPassword('old', stored)).toBe(true);
    expect(needsRehash(stored)).toBe(true);
    expect(needsRehash(await hashPassword('new'))).toBe(false);
  });

  it('refuse to be checked against a malformed hash', async () => {
    await expect(verifyPassword('x', '$2b$10$abcdef')).rejects.toThrow(/not in the form/);
  });

  it('that are generated are long and do not repeat', () => {
    expect(generatePassword()).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(generatePassword()).not.toBe(generatePassword());
  });
});
