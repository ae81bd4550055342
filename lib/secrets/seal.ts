import 'server-only';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { requireEnv } from '@/lib/env';

/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
 * A sealed text is `v1.<key fingerprint>.<nonce>.<ciphertext and 128-bit tag>`, its parts in base64url;
 * the fingerprint tells a key that was exchanged from a text that was tampered with.
 */

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}$/;

/** A sealed text that cannot be opened; the message names the remedy and nothing of the secret. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * Seals a text for one place: opening needs the same `context`, so that a sealed text copied to another row stays shut.
 * @param context bound as additional data, e.g. `tenant id/connection id`; not secret
 * @param key 32 bytes in base64; ROLEGATE_ENCRYPTION_KEY by default
 */
export function seal(
  text: string,
  context: string,
  key: string = requireEnv('ROLEGATE_ENCRYPTION_KEY'),
): string {
  const bytes = keyBytes(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [
    VERSION,
    fingerprint(bytes),
    nonce.toString('base64url'),
    body.toString('base64url'),
  ].join('.');
}

/**
 * Opens a sealed text.
 * @throws SealError when it is malformed, of another key or context, or was tampered with
 */
export function unseal(
  sealed: string,
  context: string,
  key: string = requireEnv('ROLEGATE_ENCRYPTION_KEY'),
): string {
  if (!isSealed(sealed))
    throw new SealError('A stored secret is not in a sealed form: save it again.');
  const [, sealedWith, nonce = '', body = ''] = sealed.split('.');
  const bytes = keyBytes(key);
  if (sealedWith !== fingerprint(bytes)) {
    throw new SealError(
      'A stored secret was sealed with another key: restore the former ROLEGATE_ENCRYPTION_KEY, or save the secret again.',
    );
  }
  const whole = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', bytes, Buffer.from(nonce, 'base64url'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(whole.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(whole.subarray(0, -TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  } catch (error) {
    throw new SealError('A stored secret was altered or belongs to another place: save it again.', {
      cause: error,
    });
  }
}

/** True for a text in the form that `seal` writes. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

function keyBytes(key: string): Buffer {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32)
    throw new SealError('ROLEGATE_ENCRYPTION_KEY must be 32 bytes in base64.');
  return bytes;
}

function fingerprint(key: Buffer): string {
  return createHash('sha256')
    .update('rolegate key fingerprint')
    .update(key)
    .digest('base64url')
    .slice(0, 6);
}
