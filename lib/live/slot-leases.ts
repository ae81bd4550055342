import type { Redis } from 'ioredis';
import { RENEW } from './redis-rate-limit-scripts';

/**
 * The slots this process holds in Redis. Each is a lease that is renewed at a third of its length while
 * its request is in flight; of a process that died they run out, and its slots come free by themselves.
 */
export class SlotLeases {
  private readonly held = new Map<string, Set<string>>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly options: {
      redis: Redis;
      leaseMs: number;
      now: () => number | null;
      onError: (error: unknown) => void;
    },
  ) {
    this.timer = setInterval(() => void this.renew(), options.leaseMs / 3);
    this.timer.unref();
  }

  add(key: string, member: string): void {
    const members = this.held.get(key);
    if (members) members.add(member);
    else this.held.set(key, new Set([member]));
  }

  /** Whether the lease was still held. */
  remove(key: string, member: string): boolean {
    const members = this.held.get(key);
    const was = members?.delete(member) ?? false;
    if (members?.size === 0) this.held.delete(key);
    return was;
  }

  all(): { key: string; member: string }[] {
    return [...this.held].flatMap(([key, members]) =>
      [...members].map((member) => ({ key, member })),
    );
  }

  async renew(): Promise<void> {
    const { redis, leaseMs, now, onError } = this.options;
    const renewals = [...this.held].map(([key, members]) =>
      RENEW.run(redis, [key], { now: now(), leaseMs, members: [...members] }),
    );
    for (const result of await Promise.allSettled(renewals)) {
      if (result.status === 'rejected') onError(result.reason);
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
