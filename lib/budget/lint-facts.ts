import type { ProviderKind } from '@/lib/gateway/types';
import type { LintConnection, LintFacts } from '@/lib/policy/lint/facts';
import { cataloguePrice, catalogueServes, type PriceOverride } from './pricing';

export type KnownFacts = {
  connections: readonly (LintConnection & { kind: ProviderKind })[];
  /** The tenant's own prices, over those of the catalogue. */
  prices?: readonly PriceOverride[];
  /** Longest time a whole request may take, milliseconds. */
  deadlineMs?: number;
  emailConfigured?: boolean;
};

/** What the linter may know of a tenant, with the built-in catalogue for models and prices. */
export function lintFacts({ connections, prices = [], ...rest }: KnownFacts): LintFacts {
  const own = new Map(prices.map((price) => [price.model, price]));
  return {
    ...rest,
    connections,
    serves: (kind, model) => catalogueServes(kind as ProviderKind, model),
    priceOf: ({ provider, kind, model }) =>
      own.get(`${provider}/${model}`) ?? cataloguePrice(kind as ProviderKind, model),
  };
}
