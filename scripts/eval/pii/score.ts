import type { PiiEntity } from '@/lib/policy/prompt/schema';
import type { Labelled } from './data';

/** True and false positives and false negatives. */
export type Counts = { tp: number; fp: number; fn: number };
type Span = Labelled['spans'][number];

/** A word, a number, or one other sign. */
const TOKEN = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;

/** By span: entity, start and end must all be right. */
export function strictCounts(
  gold: readonly Span[],
  found: readonly Span[],
): Map<PiiEntity, Counts> {
  const key = (span: Span) => `${span.entity} ${span.start} ${span.end}`;
  const wanted = new Set(gold.map(key));
  const got = new Set(found.map(key));
  const counts = new Map<PiiEntity, Counts>();
  for (const span of found) countsOf(counts, span.entity)[wanted.has(key(span)) ? 'tp' : 'fp']++;
  for (const span of gold) if (!got.has(key(span))) countsOf(counts, span.entity).fn++;
  return counts;
}

/** By word: of each word of the text, whether it belongs to the entity. Punctuation is left out. */
export function tokenCounts(
  text: string,
  gold: readonly Span[],
  found: readonly Span[],
): Map<PiiEntity, Counts> {
  const counts = new Map<PiiEntity, Counts>();
  for (const { 0: token, index: start } of text.matchAll(TOKEN)) {
    if (!/[\p{L}\p{N}]/u.test(token)) continue;
    const end = start + token.length;
    const covering = (spans: readonly Span[]) =>
      spans.find((span) => span.start < end && span.end > start)?.entity;
    const wanted = covering(gold);
    const got = covering(found);
    if (wanted !== undefined && wanted === got) countsOf(counts, wanted).tp++;
    else {
      if (wanted !== undefined) countsOf(counts, wanted).fn++;
      if (got !== undefined) countsOf(counts, got).fp++;
    }
  }
  return counts;
}

export function add(to: Map<PiiEntity, Counts>, more: ReadonlyMap<PiiEntity, Counts>): void {
  for (const [entity, { tp, fp, fn }] of more) {
    const counts = countsOf(to, entity);
    counts.tp += tp;
    counts.fp += fp;
    counts.fn += fn;
  }
}

export function total(counts: Iterable<Counts>): Counts {
  const all = { tp: 0, fp: 0, fn: 0 };
  for (const { tp, fp, fn } of counts) {
    all.tp += tp;
    all.fp += fp;
    all.fn += fn;
  }
  return all;
}

/** Precision, recall, F1 and F2 (recall counted twice) of counts; 1 where nothing was there to find or to claim. */
export function ratesOf({ tp, fp, fn }: Counts) {
  const f = (beta: number) => {
    const square = beta * beta;
    const whole = (1 + square) * tp + square * fn + fp;
    return whole === 0 ? 1 : ((1 + square) * tp) / whole;
  };
  return {
    precision: tp + fp === 0 ? 1 : tp / (tp + fp),
    recall: tp + fn === 0 ? 1 : tp / (tp + fn),
    f1: f(1),
    f2: f(2),
  };
}

function countsOf(counts: Map<PiiEntity, Counts>, entity: PiiEntity): Counts {
  const known = counts.get(entity);
  if (known) return known;
  const fresh = { tp: 0, fp: 0, fn: 0 };
  counts.set(entity, fresh);
  return fresh;
}
