import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Bearer secrets: API keys (`rg_…`) and admin tokens (`rga_…`), 32 random bytes each. Only their SHA-256 is stored:
 * 256 random bits cannot be guessed from it, so a slow password hash would cost time and add nothing.
 */

const SECRET_BYTES = 32;
const PREFIX_CHARS = 10;
const SHAPES = { rg: /^rg_[A-Za-z0-9_-]{43}$/, rga: /^rga_[A-Za-z0-9_-]{43}$/ } as const;

/** `secret` is shown once; `hash` and `prefix` are stored. */
export type NewSecret = { secret: string; hash: string; prefix: string };

/** A fresh secret of the gateway, `rg_…`, with what is stored of it. */
export const generateApiKey = (): NewSecret => generate('rg');
/** A fresh secret of the admin API, `rga_…`, with what is stored of it. */
export const generateAdminToken = (): NewSecret => generate('rga');

/** True for a text in an API key's form: anything else need not be looked up. */
export const isApiKey = (text: string): boolean => SHAPES.rg.test(text);
/** True for a text in an admin token's form. */
export const isAdminToken = (text: string): boolean => SHAPES.rga.test(text);

/** SHA-256 in hex, under which a secret is stored and looked up. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Compares two secrets in a time that tells nothing of where they differ, or of their lengths. */
export function secretsEqual(a: string, b: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(a).digest(),
    createHash('sha256').update(b).digest(),
  );
}

function generate(kind: keyof typeof SHAPES): NewSecret {
  const secret = `${kind}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { secret, hash: hashSecret(secret), prefix: secret.slice(0, PREFIX_CHARS) };
}
