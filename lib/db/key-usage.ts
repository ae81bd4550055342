import 'server-only';
import { log } from '@/lib/log';
import { withSystemSql } from './client';

const FLUSH_INTERVAL_MS = 5_000;

/** Notes when keys were last used, in memory, and writes it down in batches: a use must not cost a write. */
export class KeyUsage {
  private used = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;

  /** @param at milliseconds since the epoch */
  note(keyId: string, at: number): void {
    this.used.set(keyId, at);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_INTERVAL_MS).unref();
  }

  /** Writes down what was noted. What cannot be written is tried again with the next batch. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.used.size === 0) return;
    const batch = this.used;
    this.used = new Map();
    try {
      await write(batch);
    } catch (error) {
      log().warn(
        { err: error, keys: batch.size },
        'times of last use could not be written; trying again',
      );
      for (const [keyId, at] of batch) this.note(keyId, Math.max(at, this.used.get(keyId) ?? 0));
    }
  }
}

/** Rows that another replica is writing at this moment are skipped: it writes as good a time. */
function write(batch: Map<string, number>): Promise<unknown> {
  return withSystemSql((sql) =>
    sql.query(
      `UPDATE api_keys k SET last_used_at = greatest(k.last_used_at, u.at)
       FROM unnest($1::uuid[], $2::timestamptz[]) AS u (id, at)
       WHERE k.id = u.id AND k.id IN (SELECT id FROM api_keys WHERE id = ANY($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED)`,
      [[...batch.keys()], [...batch.values()].map((at) => new Date(at))],
    ),
  );
}
