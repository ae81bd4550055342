import { compileModels, type ModelMatcher } from '../model/match';
import type { RateLimitPolicy } from './schema';

export type CompiledModelLimit = {
  pattern: string;
  matches: ModelMatcher;
  requestsPerMinute: number;
  tokensPerMinute: number;
};
export type CompiledRateLimitPolicy = { policy: RateLimitPolicy; perModel: CompiledModelLimit[] };

/** A limit forbids, so its pattern is read widely. */
export function compileRateLimitPolicy(policy: RateLimitPolicy): CompiledRateLimitPolicy {
  const perModel = Object.entries(policy.perModel).map(([pattern, limits]) => ({
    pattern,
    matches: compileModels([pattern], 'wide'),
    ...limits,
  }));
  return { policy, perModel };
}
