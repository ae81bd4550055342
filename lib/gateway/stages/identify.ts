import type { Deny } from '@/lib/policy/decision';
import type { Call } from '../call';
import type { Stage } from '../stage';
import type { Principal } from '../types';

/** Longer than any key, so that garbage is not hashed. */
const MAX_SECRET_LENGTH = 200;

/** Missing, malformed, unknown, revoked and expired keys get one answer: it must not tell them apart. */
const unknownKey: Deny = {
  verdict: 'deny',
  code: 'invalid_api_key',
  message:
    'The API key is missing, malformed, unknown, revoked or expired. Send "Authorization: Bearer rg_..." with a current key.',
  param: null,
  reason: 'no valid key',
};

/** Who is calling: tenant, role, key, and the policy and connections that go with them. */
export const identify: Stage<Call, { principal: Principal }> = async (
  { id, incoming, trail },
  { principals, clock, log },
) => {
  const secret = bearerOf(incoming.header('authorization'));
  if (secret === null) return unknownKey;
  const found = await principals.bySecret(secret);
  if (found.kind === 'unavailable') {
    log.error({ err: found.cause, requestId: id }, 'the policy of a key could not be read');
    return unreadable;
  }
  if (found.kind === 'unknown') return unknownKey;
  const { principal } = found;
  if (principal.key.expiresAt && principal.key.expiresAt.getTime() <= clock.now())
    return unknownKey;
  trail.principal = principal;
  return { verdict: 'allow', reason: `key ${principal.key.name}`, add: { principal } };
};

const unreadable: Deny = {
  verdict: 'deny',
  code: 'policy_unavailable',
  message: 'The policy of this key cannot be read, so the request was refused. Try again shortly.',
  param: null,
  reason: 'the policy cannot be read',
  retryAfterSeconds: 1,
};

function bearerOf(header: string | undefined): string | null {
  const secret = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  return secret === undefined || secret.length > MAX_SECRET_LENGTH ? null : secret;
}
