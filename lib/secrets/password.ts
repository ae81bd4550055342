import 'server-only';
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/**
 * Password hashes: scrypt (RFC 7914) in the PHC string form `$scrypt$ln=15,r=8,p=3$salt$hash`.
 * The parameters are one of OWASP's equivalent minimums, the one with 32 MiB a call: sign-ins that come
 * at once must not exhaust the gateway's memory. They are read from the hash, so that they may be raised later.
 */

const CURRENT = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORMAT =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

type Parameters = { ln: number; r: number; p: number };
type Parsed = Parameters & { salt: Buffer; hash: Buffer };

/** Hashes a password with a fresh salt, for storing. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return encode({ ...CURRENT, salt, hash: await derive(password, salt, HASH_BYTES, CURRENT) });
}

/**
 * Checks a password against a stored hash.
 * @param stored null for an unknown user or one without a password: takes as long as a wrong password and is false
 * @throws Error when the stored hash is malformed
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored === null ? null : parse(stored);
  const { salt, hash, ...parameters } = parsed ?? {
    ...CURRENT,
    salt: randomBytes(SALT_BYTES),
    hash: randomBytes(HASH_BYTES),
  };
  const equal = timingSafeEqual(await derive(password, salt, hash.length, parameters), hash);
  return equal && parsed !== null;
}

/** True when a stored hash was made with other parameters than today's: hash again at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const { ln, r, p } = parse(stored);
  return ln !== CURRENT.ln || r !== CURRENT.r || p !== CURRENT.p;
}

/** A random password of 24 characters (144 bits) for an account that an administrator or the first start makes. */
export function generatePassword(): string {
  return randomBytes(18).toString('base64url');
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  { ln, r, p }: Parameters,
): Promise<Buffer> {
  const N = 2 ** ln;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 1024 * 1024 };
  return new Promise((resolve, reject) => {
    // NFKC, so that a password typed on another keyboard or system is the same password.
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function encode({ ln, r, p, salt, hash }: Parsed): string {
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

function parse(stored: string): Parsed {
  const match = FORMAT.exec(stored);
  if (!match)
    throw new Error('A stored password hash is not in the form $scrypt$ln=,r=,p=$salt$hash.');
  const [, ln, r, p, salt = '', hash = ''] = match;
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
