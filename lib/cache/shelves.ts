import { bytesOf, type CacheEntry, type Shelf } from './entry';
import { VectorIndex } from './vector/vector-index';

/** The entries of one role, least recently used first. */
class RoleShelf {
  readonly entries = new Map<string, CacheEntry>();
  readonly exact = new Map<string, CacheEntry>();
  readonly partitions = new Map<string, VectorIndex<CacheEntry>>();
  bytes = 0;

  constructor(readonly shelf: Shelf) {}

  put(entry: CacheEntry): void {
    this.entries.set(entry.id, entry);
    this.exact.set(entry.exactKey, entry);
    this.bytes += bytesOf(entry);
    if (!entry.vector) return;
    const index = this.partitions.get(entry.partition) ?? new VectorIndex<CacheEntry>();
    index.add(entry);
    this.partitions.set(entry.partition, index);
  }

  remove(entry: CacheEntry): void {
    if (!this.entries.delete(entry.id)) return;
    if (this.exact.get(entry.exactKey) === entry) this.exact.delete(entry.exactKey);
    this.bytes -= bytesOf(entry);
    const index = this.partitions.get(entry.partition);
    index?.remove(entry);
    if (index?.size === 0) this.partitions.delete(entry.partition);
  }

  touch(entry: CacheEntry): void {
    if (this.entries.delete(entry.id)) this.entries.set(entry.id, entry);
  }

  oldest(): CacheEntry | undefined {
    for (const entry of this.entries.values()) return entry;
    return undefined;
  }
}

/**
 * All entries in memory. Bounded twice: a role by the number its policy allows, everything by bytes;
 * when those are used up the tenant that takes most gives way, its largest role first.
 */
export class Shelves {
  private readonly tenants = new Map<string, Map<string, RoleShelf>>();
  private total = 0;
  private count = 0;

  /** @param onEvict hears of what had to make room, not of what is removed by `remove` or `drop` */
  constructor(
    private readonly maxBytes: number,
    private readonly onEvict: (entry: CacheEntry) => void,
  ) {}

  get bytes(): number {
    return this.total;
  }

  get size(): number {
    return this.count;
  }

  exact(shelf: Shelf, exactKey: string): CacheEntry | undefined {
    return this.find(shelf)?.exact.get(exactKey);
  }

  byId(shelf: Shelf, id: string): CacheEntry | undefined {
    return this.find(shelf)?.entries.get(id);
  }

  vectors(shelf: Shelf, partition: string): VectorIndex<CacheEntry> | undefined {
    return this.find(shelf)?.partitions.get(partition);
  }

  /** Keeps an entry in place of one for the same request; nothing that fills an eighth of the memory. */
  put(entry: CacheEntry, maxEntries: number): boolean {
    const bytes = bytesOf(entry);
    if (bytes > this.maxBytes / 8) return false;
    const role = this.open(entry);
    const former = role.exact.get(entry.exactKey);
    if (former) this.take(role, former);
    role.put(entry);
    this.total += bytes;
    this.count += 1;
    this.trim(entry, maxEntries);
    while (this.total > this.maxBytes) this.evictFairly();
    return role.entries.has(entry.id);
  }

  /** Evicts what a role has over the number it may have. */
  trim(shelf: Shelf, maxEntries: number): void {
    const role = this.find(shelf);
    while (role && role.entries.size > maxEntries) {
      const oldest = role.oldest();
      if (!oldest) return;
      this.take(role, oldest);
      this.onEvict(oldest);
    }
  }

  touch(entry: CacheEntry): void {
    this.find(entry)?.touch(entry);
  }

  remove(entry: CacheEntry): void {
    const role = this.find(entry);
    if (role) this.take(role, entry);
  }

  /** The entries of a tenant or of one of its roles. */
  list(tenantId: string, roleId: string | null): CacheEntry[] {
    return this.roles(tenantId, roleId).flatMap((role) => [...role.entries.values()]);
  }

  /** Forgets a tenant, null: all of them, without a word. */
  drop(tenantId: string | null): void {
    const dropped = tenantId === null ? [...this.tenants.keys()] : [tenantId];
    for (const tenant of dropped) {
      for (const role of this.roles(tenant, null)) {
        this.total -= role.bytes;
        this.count -= role.entries.size;
      }
      this.tenants.delete(tenant);
    }
  }

  sizeOf(tenantId: string, roleId: string | null): { entries: number; bytes: number } {
    const roles = this.roles(tenantId, roleId);
    return {
      entries: roles.reduce((sum, { entries }) => sum + entries.size, 0),
      bytes: roles.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  private roles(tenantId: string, roleId: string | null): RoleShelf[] {
    const roles = [...(this.tenants.get(tenantId)?.values() ?? [])];
    return roleId === null ? roles : roles.filter(({ shelf }) => shelf.roleId === roleId);
  }

  private find({ tenantId, roleId }: Shelf): RoleShelf | undefined {
    return this.tenants.get(tenantId)?.get(roleId);
  }

  private open({ tenantId, roleId }: Shelf): RoleShelf {
    const roles = this.tenants.get(tenantId) ?? new Map<string, RoleShelf>();
    this.tenants.set(tenantId, roles);
    const role = roles.get(roleId) ?? new RoleShelf({ tenantId, roleId });
    roles.set(roleId, role);
    return role;
  }

  private take(role: RoleShelf, entry: CacheEntry): void {
    if (!role.entries.has(entry.id)) return;
    role.remove(entry);
    this.total -= bytesOf(entry);
    this.count -= 1;
  }

  private evictFairly(): void {
    const bytesIn = (roles: Iterable<RoleShelf>) =>
      [...roles].reduce((sum, { bytes }) => sum + bytes, 0);
    const tenant = largest(this.tenants.values(), (roles) => bytesIn(roles.values()));
    const role = tenant && largest(tenant.values(), ({ bytes }) => bytes);
    const oldest = role?.oldest();
    if (!role || !oldest) throw new Error('bytes are counted that no entry has');
    this.take(role, oldest);
    this.onEvict(oldest);
  }
}

function largest<T>(items: Iterable<T>, size: (item: T) => number): T | undefined {
  let best: T | undefined;
  let most = -1;
  for (const item of items) {
    const bytes = size(item);
    if (bytes > most) [best, most] = [item, bytes];
  }
  return best;
}
