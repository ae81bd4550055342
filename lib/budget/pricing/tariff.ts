import { money, multiplyMoney, ZERO, type Money } from '@/lib/money';
import type { Usage } from '@/lib/gateway/types';
import { isPartOf, TOKEN_CLASSES, type TokenClass } from './token-classes';

/** A rate that changes once the whole prompt is longer than `above` tokens. */
export type Rate = { base: Money; steps: { above: number; rate: Money }[] };

type Line = {
  tokenClass: TokenClass;
  parts: number[];
  rate: Rate;
  /** Of the units that the rate is for: multiplying is exact too, and several times as fast as dividing. */
  share: Money;
};

/** What a model charges at one moment: a line for each class that has its own rate. */
export type Tariff = { lines: Line[] };

export type RateInput =
  number | string | { base: number; tiers: readonly { start: number; price: number }[] };

/**
 * A tariff of rates by price key, in USD per million tokens (per thousand searches). Floats are taken
 * through their shortest decimal string, which is what the price list says. Keys of what a chat answer
 * never bills (pages, audio hours) are left out. Null when there is neither an input nor an output rate.
 */
export function tariffOf(rates: Readonly<Record<string, RateInput | undefined>>): Tariff | null {
  if (rates.input_mtok === undefined && rates.output_mtok === undefined) return null;
  const priced = TOKEN_CLASSES.filter((each) => rates[each.priceKey] !== undefined).sort(
    (a, b) => Object.keys(b.dimensions).length - Object.keys(a.dimensions).length,
  );
  const lines = priced.map((tokenClass): Line => {
    const rate = rateOf(rates[tokenClass.priceKey] ?? 0);
    const parts = priced.flatMap((other, index) => (isPartOf(other, tokenClass) ? [index] : []));
    return { tokenClass, parts, rate, share: money(1).div(tokenClass.per) };
  });
  return { lines };
}

function rateOf(input: RateInput): Rate {
  if (typeof input !== 'object') return { base: money(input), steps: [] };
  const steps = input.tiers
    .map((tier) => ({ above: tier.start, rate: money(tier.price) }))
    .sort((a, b) => a.above - b.above);
  return { base: money(input.base), steps };
}

function rateAt({ base, steps }: Rate, promptTokens: number): Money {
  return steps.reduce((rate, step) => (promptTokens > step.above ? step.rate : rate), base);
}

/** The dearest rate that a prompt of at most `promptTokens` can meet. */
function dearestRate({ base, steps }: Rate, promptTokens: number): Money {
  return steps.reduce(
    (dearest, step) =>
      promptTokens > step.above && step.rate.greaterThan(dearest) ? step.rate : dearest,
    base,
  );
}

/**
 * Exact cost of `usage`. Every token is billed once, at the rate of the most specific class that has
 * one; a class without a rate of its own is billed as what it is a part of. A part reported larger
 * than its whole takes nothing off: no cost is ever negative.
 */
export function costOfUsage({ lines }: Tariff, usage: Usage): Money {
  const own: number[] = [];
  let cost = ZERO;
  for (const [index, { tokenClass, parts, rate, share }] of lines.entries()) {
    const inParts = parts.reduce((sum, part) => sum + (own[part] ?? 0), 0);
    const count = Math.max(0, tokenClass.count(usage) - inParts);
    own[index] = count;
    if (count === 0) continue;
    cost = cost.plus(multiplyMoney(rateAt(rate, usage.inputTokens), count).times(share));
  }
  return cost;
}

/** Upper bound of the cost of at most `input` and `output` tokens of the classes that `may` occur. */
export function worstCost(
  { lines }: Tariff,
  tokens: { input: number; output: number },
  may: (dimensions: TokenClass['dimensions']) => boolean,
): Money {
  let worst = ZERO;
  for (const direction of ['input', 'output'] as const) {
    let dearest = ZERO;
    for (const { tokenClass, rate, share } of lines) {
      if (tokenClass.dimensions.direction !== direction || !may(tokenClass.dimensions)) continue;
      const candidate = dearestRate(rate, tokens.input).times(share);
      if (candidate.greaterThan(dearest)) dearest = candidate;
    }
    worst = worst.plus(dearest.times(tokens[direction]));
  }
  return worst;
}
