import 'server-only';
import { listOpenBreakers, saveBreaker } from '@/lib/db/breakers-repository';
import { withSystem, withTenant } from '@/lib/db/client';
import { type BreakerRecord, MemoryBreakers } from '@/lib/gateway/resilience/breaker';
import type { Clock } from '@/lib/gateway/types';
import type { Log } from '@/lib/log';

export type StoredBreakers = { breakers: MemoryBreakers; drain(): Promise<void> };

/**
 * Breakers in memory whose changes of state are written down behind the requests, so that a restart
 * goes on where it stopped. Requests never wait for the writing.
 */
export async function openBreakers(clock: Clock, log: Log): Promise<StoredBreakers> {
  const unsaved = new Map<string, BreakerRecord>();
  let saving: Promise<void> | null = null;

  const save = async (): Promise<void> => {
    for (let next = first(unsaved); next; next = first(unsaved)) {
      const [key, record] = next;
      unsaved.delete(key);
      try {
        await withTenant(record.tenantId, (tx) =>
          saveBreaker(tx, record.tenantId, inputOf(record)),
        );
      } catch (error) {
        // The state in memory rules; what is lost is only its survival of a restart.
        log.error(
          { err: error, provider: record.provider },
          'the state of a circuit breaker could not be stored',
        );
      }
    }
  };
  const breakers = new MemoryBreakers(clock, (record) => {
    unsaved.set(`${record.tenantId} ${record.provider}`, record);
    saving ??= save().finally(() => {
      saving = null;
    });
  });
  breakers.load((await withSystem(listOpenBreakers)).map(recordOf));
  return {
    breakers,
    drain: async () => {
      await saving;
      await save();
    },
  };
}

function first<K, V>(map: Map<K, V>): [K, V] | undefined {
  return map.entries().next().value;
}

function inputOf({
  provider,
  state,
  failureCount,
  lastFailureAt,
  openedAt,
  timeoutMs,
}: BreakerRecord) {
  return {
    provider,
    state,
    failureCount,
    lastFailureAt: dateOf(lastFailureAt),
    openedAt: dateOf(openedAt),
    openTimeoutMs: timeoutMs,
  };
}

function recordOf(stored: Awaited<ReturnType<typeof listOpenBreakers>>[number]): BreakerRecord {
  const { lastFailureAt, openedAt, openTimeoutMs, ...rest } = stored;
  return {
    ...rest,
    lastFailureAt: lastFailureAt?.getTime() ?? null,
    openedAt: openedAt?.getTime() ?? null,
    timeoutMs: openTimeoutMs,
  };
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
