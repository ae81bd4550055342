import 'server-only';
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
// Not by a relative path: unit tests put another cost in its place.
import { PASSWORD_COST, type PasswordCost } from '@/lib/secrets/password-cost';

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORMAT =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

type Parsed = PasswordCost & { salt: Buffer; hash: Buffer };

export type PasswordHashes = {
  /** Hashes a password with a fresh salt, for storing. */
  hash(password: string): Promise<string>;
  /**
   * Checks a password against a stored hash.
   * @param stored null for an unknown user or one without a password: takes as long as a wrong password and is false
   * @throws Error when the stored hash is malformed
   */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** True when a stored hash was made at another cost than today's: hash again at the next sign-in. */
  needsRehash(stored: string): boolean;
};

/**
 * Password hashes: scrypt (RFC 7914) in the PHC string form `$scrypt$ln=15,r=8,p=3$salt$hash`.
 * The cost of a stored hash is read from it, so that `cost`, that of new ones, may be raised later.
 */
export function passwordHashes(cost: PasswordCost): PasswordHashes {
  return {
    hash: async (password) => {
      const salt = randomBytes(SALT_BYTES);
      return encode({ ...cost, salt, hash: await derive(password, salt, HASH_BYTES, cost) });
    },
    verify: async (password, stored) => {
      const parsed = stored === null ? null : parse(stored);
      const { salt, hash, ...parameters } = parsed ?? {
        ...cost,
        salt: randomBytes(SALT_BYTES),
        hash: randomBytes(HASH_BYTES),
      };
      const equal = timingSafeEqual(await derive(password, salt, hash.length, parameters), hash);
      return equal && parsed !== null;
    },
    needsRehash: (stored) => {
      const { ln, r, p } = parse(stored);
      return ln !== cost.ln || r !== cost.r || p !== cost.p;
    },
  };
}

/** Those of the product. */
export const {
  hash: hashPassword,
  verify: verifyPassword,
  needsRehash,
} = passwordHashes(PASSWORD_COST);

/** A random password of 24 characters (144 bits) for an account that an administrator or the first start makes. */
export function generatePassword(): string {
  return randomBytes(18).toString('base64url');
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  { ln, r, p }: PasswordCost,
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
