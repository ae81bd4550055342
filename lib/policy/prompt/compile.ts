import { compilePatterns, type PatternSet } from '../patterns';
import type { PromptPolicy } from './schema';

export type CompiledPromptPolicy = { policy: PromptPolicy; blockedPatterns: PatternSet };

export function compilePromptPolicy(policy: PromptPolicy): CompiledPromptPolicy {
  return { policy, blockedPatterns: compilePatterns(policy.blockedPatterns) };
}
