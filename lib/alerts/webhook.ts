import { createHmac, hkdfSync } from 'node:crypto';
import type { AlertPayload } from './alert-payload';

const SECRET_BYTES = 32;

/**
 * The key with which a tenant's webhooks are signed, in the form of Standard Webhooks (`whsec_` and
 * base64). Derived from the process's encryption key, so it needs no storage and every replica knows it.
 */
export function webhookSecret(tenantId: string, encryptionKey: string): string {
  const derived = hkdfSync(
    'sha256',
    Buffer.from(encryptionKey, 'base64'),
    tenantId,
    'rolegate alert webhook',
    SECRET_BYTES,
  );
  return `whsec_${Buffer.from(derived).toString('base64')}`;
}

/**
 * Signs a webhook as Standard Webhooks 1.0 says (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body`, so that a receiver can check origin and age and drop repeats by id.
 * @param timestamp seconds since the epoch
 */
export function signedHeaders(
  secret: string,
  id: string,
  timestamp: number,
  body: string,
): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}

/** The body of a webhook; the same for every try. */
export function webhookBody(id: string, kind: string, payload: AlertPayload): string {
  return JSON.stringify({ id, type: kind, data: payload });
}
