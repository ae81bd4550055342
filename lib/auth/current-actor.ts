import 'server-only';
import { identifyAdminToken } from '@/lib/db/admin-tokens-repository';
import { withSystem } from '@/lib/db/client';
import { env } from '@/lib/env';
import { secretsEqual } from '@/lib/secrets/token';
import type { Actor } from './actor';
import { sessionOf } from './session';

const BEARER = /^Bearer\s+(\S+)\s*$/i;

/**
 * Who makes a request of the admin API, or null. An Authorization header decides alone: a bad token is
 * not made good by a session cookie beside it.
 */
export async function currentActor(request: Request): Promise<Actor | null> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const secret = BEARER.exec(authorization)?.[1];
    return secret === undefined ? null : tokenActor(secret);
  }
  const user = await sessionOf(request);
  return user && { type: 'user', id: user.id, name: user.email, sessionId: user.sessionId };
}

async function tokenActor(secret: string): Promise<Actor | null> {
  const bootstrap = env().ROLEGATE_ADMIN_TOKEN;
  if (bootstrap !== undefined && secretsEqual(secret, bootstrap)) {
    return { type: 'bootstrap', id: null, name: 'ROLEGATE_ADMIN_TOKEN' };
  }
  const token = await withSystem((tx) => identifyAdminToken(tx, secret));
  return (
    token && {
      type: 'token',
      id: token.id,
      name: token.name,
      tenantId: token.tenantId,
      role: token.role,
    }
  );
}
