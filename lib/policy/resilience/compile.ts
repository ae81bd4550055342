import type { Fallback, ResiliencePolicy } from './schema';

export type CompiledResiliencePolicy = {
  policy: ResiliencePolicy;
  /** Lowest priority number first; empty while the chain is off. */
  fallbacks: readonly Fallback[];
  /** Status codes and provider error codes, lower case. */
  retryableErrors: ReadonlySet<string>;
};

export function compileResiliencePolicy(policy: ResiliencePolicy): CompiledResiliencePolicy {
  const chain = policy.enabled && policy.fallbackEnabled ? policy.fallbackChain : [];
  return {
    policy,
    fallbacks: [...chain].sort((a, b) => a.priority - b.priority),
    retryableErrors: new Set(policy.retryableErrors.map((code) => code.toLowerCase())),
  };
}
