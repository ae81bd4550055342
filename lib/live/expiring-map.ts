type Expiring = { expiresAt(): number };

/**
 * Entries that become worthless with time, least recently used first. Every use sweeps at most two
 * expired entries from the front, which keeps the memory to the keys of about one life time without
 * a timer and without a pause.
 */
export class ExpiringMap<V extends Expiring> {
  private readonly entries = new Map<string, V>();

  get size(): number {
    return this.entries.size;
  }

  /** Looks without touching. */
  peek(key: string): V | undefined {
    return this.entries.get(key);
  }

  /** The entry of `key`, made if need be, now the most recently used. */
  use(key: string, now: number, make: () => V): V {
    this.sweep(now);
    const known = this.entries.get(key);
    if (known) this.entries.delete(key);
    const entry = known ?? make();
    this.entries.set(key, entry);
    return entry;
  }

  private sweep(now: number): void {
    let left = 2;
    for (const [key, entry] of this.entries) {
      if (left-- === 0 || entry.expiresAt() > now) return;
      this.entries.delete(key);
    }
  }
}
