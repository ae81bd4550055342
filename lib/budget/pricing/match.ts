import {
  findProvider,
  type MatchLogic,
  type ModelInfo,
  type Provider,
} from '@pydantic/genai-prices';

/**
 * Finds a model in the catalogue by the catalogue's own match rules: a provider's first model whose
 * rule holds, then those of the providers it resells, then the same with a date written 2024-08-06
 * instead of 20240806. Source: genai-prices, packages/js/src/engine.ts.
 */
export function matchModel(provider: Provider, model: string): ModelInfo | null {
  const name = model.toLowerCase().trim();
  return matchWithResold(provider, name) ?? matchWithResold(provider, spellOutDate(name));
}

function matchWithResold(provider: Provider, name: string): ModelInfo | null {
  const own = provider.models.find((model) => holds(model.match, name));
  if (own !== undefined) return own;
  for (const providerId of provider.fallback_model_providers ?? []) {
    const resold = findProvider({ providerId })?.models.find((model) => holds(model.match, name));
    if (resold !== undefined) return resold;
  }
  return null;
}

function spellOutDate(name: string): string {
  return name.replace(/-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g, '-$1-$2-$3');
}

function holds(rule: MatchLogic, name: string): boolean {
  if ('or' in rule) return rule.or.some((each) => holds(each, name));
  if ('and' in rule) return rule.and.every((each) => holds(each, name));
  if ('equals' in rule) return name === rule.equals.toLowerCase();
  if ('starts_with' in rule) return name.startsWith(rule.starts_with.toLowerCase());
  if ('ends_with' in rule) return name.endsWith(rule.ends_with.toLowerCase());
  if ('contains' in rule) return name.includes(rule.contains.toLowerCase());
  return regexOf(rule.regex).test(name);
}

// The catalogue's own expressions, a fixed set: compiled once each.
const compiled = new Map<string, RegExp>();
function regexOf(source: string): RegExp {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const regex = new RegExp(source);
  compiled.set(source, regex);
  return regex;
}
