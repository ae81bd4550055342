import { compareMoney, toMoneyString, type Money } from '@/lib/money';
import { systemClock, type Clock, type PriceBook, type ProviderKind } from '@/lib/gateway/types';
import { findPriced, tariffAt, type Priced } from './catalogue';
import { costOfUsage, tariffOf, worstCost, type Tariff } from './tariff';
import type { TokenClass } from './token-classes';

/** A tenant's own price of one model, in USD per million tokens as decimal strings. */
export type PriceOverride = {
  /** `provider/model`: the connection's name and the upstream's model id. */
  model: string;
  inputPerMillion: string;
  /** Absent or null: cached tokens cost as much as others. */
  cachedInputPerMillion?: string | null;
  outputPerMillion: string;
};

export type PriceBookOptions = { overrides?: readonly PriceOverride[]; clock?: Clock };

/** Longest time between the reservation of a cost and its settlement that a price change is looked out for. */
const LOOK_AHEAD_MS = 15 * 60_000;

// Looking a name up means some hundred match rules; the answer never changes. Names come from requests,
// so the memory is bounded.
const CATALOGUE_MEMORY = 4096;
const remembered = new Map<string, Priced | null>();

function lookUp(kind: ProviderKind, model: string): Priced | null {
  const key = `${kind}/${model}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const priced = findPriced(kind, model);
  if (remembered.size >= CATALOGUE_MEMORY) remembered.clear();
  remembered.set(key, priced);
  return priced;
}

/**
 * The prices of one tenant: its own over the built-in catalogue.
 * Throws RangeError when an override is not a decimal number.
 */
export function createPriceBook(options: PriceBookOptions = {}): PriceBook {
  const { clock = systemClock } = options;
  const own = new Map<string, Priced>();
  for (const override of options.overrides ?? []) own.set(override.model, overridePriced(override));

  const find = (target: { provider: string; kind: ProviderKind; model: string }): Priced | null =>
    own.get(`${target.provider}/${target.model}`) ?? lookUp(target.kind, target.model);

  return {
    costOf(target, usage) {
      const priced = find(target);
      const tariff = priced === null ? null : tariffAt(priced, new Date(clock.now()));
      return tariff === null ? null : toMoneyString(costOfUsage(tariff, usage));
    },
    worstCaseOf(target, tokens) {
      const priced = find(target);
      if (priced === null) return null;
      const now = clock.now();
      const tariffs = [tariffAt(priced, new Date(now))];
      if (priced.periods.length > 1) tariffs.push(tariffAt(priced, new Date(now + LOOK_AHEAD_MS)));
      const costs = tariffs
        .filter((tariff): tariff is Tariff => tariff !== null)
        .map((tariff) => worstCost(tariff, tokens, allowedClasses(tokens)));
      const worst = costs.reduce<Money | null>(
        (a, b) => (a === null || compareMoney(b, a) > 0 ? b : a),
        null,
      );
      return worst === null ? null : toMoneyString(worst, 'up');
    },
  };
}

function overridePriced(override: PriceOverride): Priced {
  const { inputPerMillion, outputPerMillion } = override;
  const cached = override.cachedInputPerMillion ?? undefined;
  const tariff = tariffOf({
    input_mtok: inputPerMillion,
    output_mtok: outputPerMillion,
    cache_read_mtok: cached,
  });
  return { periods: [{ inForce: () => true, tariff }] };
}

function allowedClasses(tokens: { textOnly?: boolean; cacheWrites?: boolean }) {
  return ({ modality, cache }: TokenClass['dimensions']): boolean =>
    !(tokens.textOnly === true && modality !== undefined) &&
    !(tokens.cacheWrites === false && cache === 'write');
}
