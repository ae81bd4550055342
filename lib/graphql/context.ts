import 'server-only';
import type { GraphQLResolveInfo } from 'graphql';
import { authorise, type Access, type Caller } from '@/lib/admin/access';
import type { MembershipRole } from '@/lib/auth/membership';
import { loadersFor, type Loaders } from './loaders';

type RootAccess = { access: Access; loaders: Loaders };

/** What resolvers get beside their source and arguments. */
export type GraphContext = { scope: RequestScope };

/** One request: who asks, and what it has looked up already. */
export class RequestScope {
  private readonly allowed = new Map<string, Promise<Access<MembershipRole>>>();
  private readonly loaders = new Map<string, Loaders>();
  private readonly roots = new Map<string | number, RootAccess>();

  constructor(readonly caller: Caller) {}

  /**
   * Lets the caller into a tenant, asking once for all fields of a query. A mutation asks each time:
   * the one before it may have changed what the caller may do.
   */
  async enter<R extends MembershipRole>(
    tenantRef: string,
    least: R,
    info: GraphQLResolveInfo,
  ): Promise<Access<R>> {
    const ask = () => authorise(this.caller, tenantRef, least);
    const access =
      info.operation.operation === 'mutation'
        ? await ask()
        : await remembered(this.allowed, `${least} ${tenantRef}`, ask);
    const loaders = remembered(this.loaders, `${access.tenant.id} ${info.path.key}`, () =>
      loadersFor(access),
    );
    this.roots.set(info.path.key, { access, loaders });
    return access as Access<R>;
  }

  /** The look-ups of the tenant that a field's answer is from. */
  loadersOf(info: GraphQLResolveInfo): Loaders {
    let path = info.path;
    while (path.prev) path = path.prev;
    const root = this.roots.get(path.key);
    if (!root) throw new Error(`${String(path.key)} was answered without entering a tenant.`);
    return root.loaders;
  }
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
