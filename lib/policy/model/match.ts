import { compileNames } from '../wildcard';

/** A model at a provider connection: `provider` is the connection's name, `model` the upstream's own id. */
export type ModelTarget = { provider: string; model: string };
export type ModelMatcher = (target: ModelTarget) => boolean;

/**
 * Names that are read as a provider wherever they stand before a slash. Model ids contain slashes too
 * (`meta-llama/llama-3` at OpenRouter), and without this an allowlist of `openai/*` would also open
 * OpenRouter's models called `openai/…`.
 */
export const RESERVED_PROVIDER_NAMES: ReadonlySet<string> = new Set([
  'openai',
  'anthropic',
  'gemini',
  'azure-openai',
  'bedrock',
  'mistral',
  'groq',
  'deepseek',
  'together',
  'openrouter',
  'cohere',
  'ollama',
  'openai-compatible',
  'sandbox',
]);

/**
 * Compiles model patterns: `provider/model` covers that connection's model, a bare name covers the
 * model at any provider, `*` stands for anything. A pattern with a slash may also be a bare id that
 * contains one, unless it begins with the name of a provider kind. Case is ignored.
 *
 * `reading: 'wide'` takes both readings always: what forbids must not be escaped by asking
 * another provider for the same name.
 */
export function compileModels(
  patterns: readonly string[],
  reading: 'narrow' | 'wide' = 'narrow',
): ModelMatcher {
  const bare = patterns.filter((pattern) => reading === 'wide' || !namesProvider(pattern));
  const matchesQualified = compileNames(patterns, { ignoreCase: true });
  const matchesBare = compileNames(bare, { ignoreCase: true });
  return ({ provider, model }) => matchesBare(model) || matchesQualified(`${provider}/${model}`);
}

function namesProvider(pattern: string): boolean {
  const slash = pattern.indexOf('/');
  return slash > 0 && RESERVED_PROVIDER_NAMES.has(pattern.slice(0, slash).toLowerCase());
}
