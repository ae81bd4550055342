import 'server-only';
import type { Client } from 'pg';
import {
  systemClock,
  type Clock,
  type Principal,
  type PrincipalLookup,
  type PrincipalStore,
} from '@/lib/gateway/types';
import { log } from '@/lib/log';
import { hashSecret, isApiKey } from '@/lib/secrets/token';
import { BatchLookup } from './batch-lookup';
import { BoundedMap } from './bounded-map';
import { ChangeListener, type Change } from './change-listener';
import { FreshCache } from './fresh-cache';
import { KeyUsage } from './key-usage';
import {
  loadKeys,
  loadRole,
  loadTenant,
  type KeyRecord,
  type RoleRecord,
  type TenantRecord,
} from './principal-loader';

export type SnapshotOptions = {
  clock?: Clock;
  /** Connection that hears of changes; for tests. */
  connect?: () => Client;
};

/** While changes may go unheard, nothing older than this is used. */
const UNHEARD_MS = 500;
const CAPACITY = { keys: 100_000, tenants: 10_000, roles: 50_000, unknown: 10_000 };

/**
 * Who is calling, and under which policy: in memory, loaded on the first use, dropped when the database announces
 * a change. A key that was used before costs no round trip.
 */
export class SnapshotStore implements PrincipalStore {
  private readonly clock: Clock;
  private readonly listener: ChangeListener;
  private readonly keyUsage = new KeyUsage();
  private readonly keys: FreshCache<KeyRecord | null>;
  private readonly tenants: FreshCache<TenantRecord | null>;
  private readonly roles: FreshCache<(RoleRecord & { tenantId: string }) | null>;
  /** Hashes nobody has, by when that was read; apart from the keys, so that a flood of them pushes no key out. */
  private readonly unknown = new BoundedMap<string, number>(CAPACITY.unknown);
  private readonly keyLookup = new BatchLookup<KeyRecord>({
    load: loadKeys,
    maxBatch: 1_000,
    maxWaiting: 10_000,
  });
  /** Built once and shared; a part that was loaded anew makes another. */
  private readonly principals = new WeakMap<
    KeyRecord,
    { tenant: TenantRecord; role: RoleRecord; principal: Principal }
  >();
  private readonly watchers = new Set<(change: Change) => void>();
  private readonly gapWatchers = new Set<() => void>();

  constructor(options: SnapshotOptions = {}) {
    const clock = (this.clock = options.clock ?? systemClock);
    this.listener = new ChangeListener({
      clock,
      connect: options.connect,
      onChange: (change) => this.forget(change),
      onGap: () => this.forgetAll(),
    });
    const isFresh = (loadedAt: number) => this.isFresh(loadedAt);
    this.keys = new FreshCache({ capacity: CAPACITY.keys, clock, isFresh });
    this.tenants = new FreshCache({ capacity: CAPACITY.tenants, clock, isFresh });
    this.roles = new FreshCache({ capacity: CAPACITY.roles, clock, isFresh });
  }

  /** Begins to listen for changes. Before that, and whenever it cannot, what is in memory lives half a second. */
  start(): Promise<void> {
    return this.listener.start();
  }

  /** Ends the listening connection and writes down what keys were used. */
  async stop(): Promise<void> {
    await this.listener.stop();
    await this.keyUsage.flush();
  }

  /** Calls `watch` on every change heard; for others who keep something of a tenant. @returns a function that ends it */
  onChange(watch: (change: Change) => void): () => void {
    this.watchers.add(watch);
    return () => void this.watchers.delete(watch);
  }

  /** Calls `watch` when changes may have gone unheard, which the first start of listening is too. @returns a function that ends it */
  onGap(watch: () => void): () => void {
    this.gapWatchers.add(watch);
    return () => void this.gapWatchers.delete(watch);
  }

  async bySecret(secret: string): Promise<PrincipalLookup> {
    if (!isApiKey(secret)) return { kind: 'unknown' };
    try {
      const key = await this.keyOf(hashSecret(secret));
      const now = this.clock.now();
      if (!key || (key.expiresAt && key.expiresAt.getTime() <= now)) return { kind: 'unknown' };
      const principal = await this.principalOf(key);
      if (!principal) return { kind: 'unknown' };
      this.keyUsage.note(key.id, now);
      return { kind: 'found', principal };
    } catch (cause) {
      return { kind: 'unavailable', cause };
    }
  }

  /** For metrics and tests. */
  stats(): { keys: number; unknown: number; listening: boolean } {
    return {
      keys: this.keys.size,
      unknown: this.unknown.size,
      listening: this.listener.isCurrent(),
    };
  }

  private async keyOf(hash: string): Promise<KeyRecord | null> {
    const unknownSince = this.unknown.get(hash);
    if (unknownSince !== undefined && this.isFresh(unknownSince)) return null;
    const startedAt = this.clock.now();
    const key = await this.keys.get(hash, () => this.keyLookup.get(hash));
    // Only if no change was heard since the look-up began: the key may have been made in between.
    if (!key && this.keys.drop(hash, (value) => value === null)) this.unknown.set(hash, startedAt);
    return key;
  }

  private async principalOf(key: KeyRecord): Promise<Principal | null> {
    const { tenantId, roleId } = key;
    const [tenant, role] = await Promise.all([
      this.tenants.get(tenantId, () => reported(loadTenant(tenantId), { tenantId })),
      this.roles.get(roleId, async () => {
        const record = await reported(loadRole(tenantId, roleId), { tenantId, roleId });
        return record && { ...record, tenantId };
      }),
    ]);
    if (!tenant || !role) return null;
    const built = this.principals.get(key);
    if (built?.tenant === tenant && built.role === role) return built.principal;
    const principal: Principal = {
      ...tenant,
      role: role.role,
      policy: role.policy,
      key: { id: key.id, name: key.name, expiresAt: key.expiresAt },
    };
    this.principals.set(key, { tenant, role, principal });
    return principal;
  }

  private isFresh(loadedAt: number): boolean {
    return this.listener.isCurrent() || this.clock.now() - loadedAt <= UNHEARD_MS;
  }

  private forget(change: Change): void {
    const { tenantId, table } = change;
    if (table === 'api_keys') this.unknown.clear();
    this.keys.dropWhere((key) => key === null || key.tenantId === tenantId);
    this.tenants.dropWhere((tenant, id) => id === tenantId || tenant === null);
    this.roles.dropWhere((role) => role === null || role.tenantId === tenantId);
    for (const watch of this.watchers) watch(change);
  }

  private forgetAll(): void {
    this.unknown.clear();
    this.keys.clear();
    this.tenants.clear();
    this.roles.clear();
    for (const watch of this.gapWatchers) watch();
  }
}

/** Logs a failed load, once for all who wait for it. */
async function reported<T>(load: Promise<T>, of: Record<string, string>): Promise<T> {
  try {
    return await load;
  } catch (error) {
    log().error(
      { err: error, ...of },
      'a policy, connection or price cannot be read; its requests are refused',
    );
    throw error;
  }
}
