import 'server-only';
import { withSystem } from '@/lib/db/client';
import { findUserById } from '@/lib/db/users-repository';
import type { Caller } from './access';
import { reachableTenants } from './tenants';
import type { MeView } from './views';

/** Who asks, and what they may do where. */
export async function readMe({ actor }: Caller): Promise<MeView> {
  return withSystem(async (tx) => {
    const user = actor.type === 'user' ? await findUserById(tx, actor.id) : null;
    return {
      actor: { type: actor.type, id: actor.id, name: actor.name },
      user: user && {
        id: user.id,
        email: user.email,
        name: user.name,
        hasPassword: user.passwordHash !== null,
      },
      tenants: await reachableTenants(tx, actor),
    };
  });
}
