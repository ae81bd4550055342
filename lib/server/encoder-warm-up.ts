import 'server-only';
import { withSystemSql } from '@/lib/db/client';
import type { SnapshotStore } from '@/lib/db/snapshot';
import type { Encoder } from '@/lib/encoder/encoder';
import type { GatewayLog } from '@/lib/gateway/deps';

export type WarmUpOptions = {
  snapshots: Pick<SnapshotStore, 'onChange' | 'onGap'>;
  encoder: Pick<Encoder, 'warmUp'>;
  log: Pick<GatewayLog, 'warn'>;
  /** Default: whether a stored policy does. */
  comparesByMeaning?: () => Promise<boolean>;
};

/**
 * Loads the encoder's model as soon as any role's policy compares questions by meaning, so that the first
 * look-ups need not be misses. Without such a policy the model stays on the disk. Nobody waits for it.
 * @returns a function that ends it
 */
export function warmEncoderAhead({
  snapshots,
  encoder,
  log,
  comparesByMeaning = anyPolicyComparesByMeaning,
}: WarmUpOptions): () => void {
  let isOver = false;
  let checking: Promise<void> | null = null;
  let changedMeanwhile = false;
  const end = () => {
    isOver = true;
    for (const stop of watching) stop();
  };
  const check = async () => {
    do {
      changedMeanwhile = false;
      const needed = await comparesByMeaning();
      if (isOver) return;
      if (needed) {
        end();
        return await encoder.warmUp();
      }
    } while (changedMeanwhile);
  };
  const changed = () => {
    changedMeanwhile = true;
    checking ??= check()
      .catch((error: unknown) => log.warn({ err: error }, 'the encoder could not be loaded ahead'))
      .finally(() => (checking = null));
  };
  const watching = [
    snapshots.onChange(({ table }) => {
      if (table === 'roles') changed();
    }),
    snapshots.onGap(changed),
  ];
  changed();
  return end;
}

async function anyPolicyComparesByMeaning(): Promise<boolean> {
  const { rows } = await withSystemSql((sql) =>
    sql.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM roles WHERE caching_policy @> '{"enabled": true}'
         AND caching_policy -> 'similarityThreshold' IS DISTINCT FROM '1'::jsonb) AS found`,
    ),
  );
  return rows[0]?.found === true;
}
