import { compileModels, type ModelMatcher } from '../model/match';
import { compilePatterns, type PatternSet } from '../patterns';
import type { CachingPolicy } from './schema';

export type CompiledCachingPolicy = {
  policy: CachingPolicy;
  excludesModel: ModelMatcher;
  excludedPatterns: PatternSet;
};

/** Turns exclusions into matchers. @throws when a pattern does not compile, which parsing rules out */
export function compileCachingPolicy(policy: CachingPolicy): CompiledCachingPolicy {
  return {
    policy,
    excludesModel: compileModels(policy.excludedModels, 'wide'),
    excludedPatterns: compilePatterns(policy.excludedPatterns),
  };
}
