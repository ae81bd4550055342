import { compileModels, type ModelMatcher } from './match';
import type { ModelRestrictions } from './schema';

export type CompiledModelRestrictions = {
  policy: ModelRestrictions;
  allowsProvider(provider: string): boolean;
  allowsModel: ModelMatcher;
};

/** Turns the lists into matchers; only the list that `mode` puts in force counts. */
export function compileModelRestrictions(policy: ModelRestrictions): CompiledModelRestrictions {
  const providers = new Set(policy.allowedProviders);
  return {
    policy,
    allowsProvider: (provider) => providers.size === 0 || providers.has(provider),
    allowsModel: policy.mode === 'allowlist' ? allowing(policy) : blocking(policy),
  };
}

function allowing({ allowedModels }: ModelRestrictions): ModelMatcher {
  return allowedModels.length === 0 ? () => true : compileModels(allowedModels);
}

function blocking({ blockedModels }: ModelRestrictions): ModelMatcher {
  const blocked = compileModels(blockedModels, 'wide');
  return (target) => !blocked(target);
}
