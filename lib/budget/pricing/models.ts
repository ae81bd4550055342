import type { ModelInfo } from '@pydantic/genai-prices';
import type { ProviderKind } from '@/lib/gateway/types';
import { toMoneyString } from '@/lib/money';
import { capabilitiesOf, isChatModel, type ModelCapabilities } from './capabilities';
import { catalogueProvider, findModel, findPriced, tariffAt } from './catalogue';
import { SANDBOX_MODELS } from './sandbox-prices';

/** A chat model that the catalogue knows, for suggestions and for what a bare name may mean. */
export type CatalogueModel = ModelCapabilities & {
  /** The upstream's model id. */
  id: string;
  name: string;
  /** Tokens, or null when the catalogue does not say. */
  contextWindow: number | null;
  price: ListPrice;
};

/** Base prices in USD per million tokens, as plain decimal strings. */
export type ListPrice = {
  inputPerMillion: string;
  cachedInputPerMillion: string | null;
  outputPerMillion: string;
};

/** The list price of a model now, before tenant overrides; null when the catalogue has none. */
export function cataloguePrice(
  kind: ProviderKind,
  model: string,
  at: Date = new Date(),
): ListPrice | null {
  const priced = findPriced(kind, model);
  const tariff = priced === null ? null : tariffAt(priced, at);
  if (tariff === null) return null;
  const rate = (key: string): string | null => {
    const line = tariff.lines.find((each) => each.tokenClass.priceKey === key);
    return line === undefined ? null : toMoneyString(line.rate.base);
  };
  return {
    inputPerMillion: rate('input_mtok') ?? '0',
    cachedInputPerMillion: rate('cache_read_mtok'),
    outputPerMillion: rate('output_mtok') ?? '0',
  };
}

/**
 * Chat models of a provider kind, by id, deprecated ones left out, and entries that stand for a family
 * of names rather than a model one can call. Empty for kinds whose models depend on the installation
 * (ollama, openai-compatible).
 */
export function catalogueModels(kind: ProviderKind): CatalogueModel[] {
  if (kind === 'sandbox') return sandboxModels();
  const models = catalogueProvider(kind)?.models ?? [];
  return models
    .filter(
      (model) =>
        model.deprecated !== true &&
        isChatModel(model.id) &&
        isServedBy(kind, model) &&
        !isPrefix(model.id),
    )
    .flatMap((model): CatalogueModel[] => {
      const id = upstreamId(kind, model.id);
      const price = cataloguePrice(kind, id);
      if (price === null) return [];
      const contextWindow = model.context_window ?? null;
      return [{ id, name: model.name ?? id, contextWindow, ...capabilitiesOf(id), price }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Whether a connection of this kind can be expected to serve a model of this bare name: the catalogue
 * lists it (or a dated version of it) under this very provider.
 */
export function catalogueServes(kind: ProviderKind, model: string): boolean {
  if (kind === 'sandbox') return SANDBOX_MODELS.some((each) => each.id === model);
  const provider = catalogueProvider(kind);
  if (provider === null) return false;
  const found = findModel(kind, model);
  return found !== null && provider.models.includes(found) && isServedBy(kind, found);
}

/** Tokens a model can take in, or null when unknown. */
export function contextWindowOf(kind: ProviderKind, model: string): number | null {
  if (kind === 'sandbox') {
    return SANDBOX_MODELS.find((each) => each.id === model)?.contextWindow ?? null;
  }
  return findModel(kind, model)?.context_window ?? null;
}

// Fine-tuned models are listed by the beginning of their names.
function isPrefix(id: string): boolean {
  return /[-.:]$/.test(id);
}

// The catalogue lists Vertex AI's Claude models under Google; the Gemini API does not serve them.
function isServedBy(kind: ProviderKind, model: ModelInfo): boolean {
  return kind !== 'gemini' || !model.id.startsWith('claude');
}

// The catalogue's `regional.` stands for the inference profiles us., eu., apac.; `us.` can be called.
function upstreamId(kind: ProviderKind, id: string): string {
  return kind === 'bedrock' ? id.replace(/^regional\./, 'us.') : id;
}

function sandboxModels(): CatalogueModel[] {
  return SANDBOX_MODELS.map(({ id, contextWindow, input, cachedInput, output }) => ({
    id,
    name: `Sandbox ${id} (simulator)`,
    contextWindow,
    vision: true,
    tools: true,
    price: {
      inputPerMillion: input,
      cachedInputPerMillion: cachedInput,
      outputPerMillion: output,
    },
  }));
}
