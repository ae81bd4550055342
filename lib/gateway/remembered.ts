import { detectPii, type DetectPii, type PiiSpan } from '@/lib/pii/detect';
import { detectInjection, type Detection } from '@/lib/policy/prompt/injection/detect';
import type { PiiEntity } from '@/lib/policy/prompt/schema';
import { TextMemo } from './text-memo';

/** About 10 MB of spans; an entry weighs two of them. */
const piiMemo = new TextMemo<readonly PiiSpan[]>({
  maxWeight: 60_000,
  weightOf: (spans) => spans.length + 2,
});
const injectionMemo = new TextMemo<Detection>({ maxWeight: 20_000, weightOf: () => 1 });

export type Detectors = {
  detectPii: DetectPii;
  detectInjection: (text: string) => Detection;
};

/** The detectors, with a memory of the texts that this tenant has sent or been answered before. */
export function detectorsFor(tenantId: string): Detectors {
  return {
    detectPii: (text, entities) =>
      piiMemo.get(`${tenantId} ${namesOf(entities)}`, text, () => detectPii(text, entities)),
    detectInjection: (text) => injectionMemo.get(tenantId, text, detectInjection),
  };
}

const names = new WeakMap<ReadonlySet<PiiEntity>, string>();

function namesOf(entities: ReadonlySet<PiiEntity>): string {
  const known = names.get(entities);
  if (known !== undefined) return known;
  const joined = [...entities].sort().join();
  names.set(entities, joined);
  return joined;
}
