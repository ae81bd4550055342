import {
  findProvider,
  type ModelInfo,
  type ModelPrice,
  type Provider,
} from '@pydantic/genai-prices';
import type { ProviderKind } from '@/lib/gateway/types';
import { matchModel } from './match';
import { tariffOf, type RateInput, type Tariff } from './tariff';
import { SANDBOX_MODELS } from './sandbox-prices';

/**
 * The built-in price list: @pydantic/genai-prices, read through its published data only. Its own
 * arithmetic is in binary floats and is not used.
 */

/** Our provider kinds in the catalogue's names. Null: what such a connection serves is not known by its kind. */
const CATALOGUE_ID: Readonly<Record<ProviderKind, string | null>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  gemini: 'google',
  'azure-openai': 'azure',
  bedrock: 'aws',
  mistral: 'mistral',
  groq: 'groq',
  deepseek: 'deepseek',
  together: 'together',
  openrouter: 'openrouter',
  cohere: 'cohere',
  ollama: null,
  'openai-compatible': null,
  sandbox: null,
};

/** What a model costs over time: the first tariff whose `inForce` holds, looked at from the last. */
export type Priced = {
  periods: { inForce: (at: Date) => boolean; tariff: Tariff | null }[];
};

/** The catalogue's provider of a kind, or null when the kind has none. */
export function catalogueProvider(kind: ProviderKind): Provider | null {
  const providerId = CATALOGUE_ID[kind];
  return providerId === null ? null : (findProvider({ providerId }) ?? null);
}

/** The catalogue's entry of an upstream model id, or null when it has none. */
export function findModel(kind: ProviderKind, model: string): ModelInfo | null {
  const provider = catalogueProvider(kind);
  return provider === null ? null : matchModel(provider, model);
}

/** Prices of a model of a kind, or null when the built-in list has none. */
export function findPriced(kind: ProviderKind, model: string): Priced | null {
  if (kind === 'sandbox') return sandboxPriced(model);
  const entry = findModel(kind, model);
  return entry === null ? null : pricedOf(entry);
}

function sandboxPriced(model: string): Priced | null {
  const found = SANDBOX_MODELS.find((each) => each.id === model);
  if (found === undefined) return null;
  const tariff = tariffOf({
    input_mtok: found.input,
    cache_read_mtok: found.cachedInput,
    output_mtok: found.output,
  });
  return { periods: [{ inForce: () => true, tariff }] };
}

function pricedOf(entry: ModelInfo): Priced {
  if (!Array.isArray(entry.prices)) {
    return { periods: [{ inForce: () => true, tariff: tariffOf(ratesOf(entry.prices)) }] };
  }
  const periods = entry.prices.map(({ constraint, prices }) => ({
    inForce: constraint === undefined ? () => true : inForceDuring(constraint),
    tariff: tariffOf(ratesOf(prices)),
  }));
  return { periods };
}

function ratesOf(prices: ModelPrice): Record<string, RateInput | undefined> {
  return prices;
}

type Constraint = { start_date: string } | { start_time: string; end_time: string };

/** A price with a start date holds from that day on; one with times of day holds between them, every day. */
function inForceDuring(constraint: Constraint): (at: Date) => boolean {
  if ('start_date' in constraint) {
    const from = Date.parse(constraint.start_date);
    return (at) => at.getTime() >= from;
  }
  const start = secondOfDay(constraint.start_time);
  const end = secondOfDay(constraint.end_time);
  return (at) => {
    const now = (at.getTime() / 1000) % 86_400;
    return end < start ? now >= start || now < end : now >= start && now < end;
  };
}

/** Seconds since midnight UTC of `00:30:00Z`. */
function secondOfDay(time: string): number {
  return (Date.parse(`1970-01-01T${time}`) / 1000 + 86_400) % 86_400;
}

/** The tariff in force at a moment: the last period that holds, else the first. Null when it has no rates. */
export function tariffAt({ periods }: Priced, at: Date): Tariff | null {
  return (periods.findLast((period) => period.inForce(at)) ?? periods[0])?.tariff ?? null;
}
