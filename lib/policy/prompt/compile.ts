import { compilePatterns, type PatternSet } from '../patterns';
import { compileExemption } from './injection/exempt';
import type { PiiEntity, PromptPolicy } from './schema';

export type CompiledPromptPolicy = {
  policy: PromptPolicy;
  blockedPatterns: PatternSet;
  /** Takes `injection.allowedPhrases` out of a text. */
  exemptInjection: (text: string) => string;
  piiEntities: ReadonlySet<PiiEntity>;
};

export function compilePromptPolicy(policy: PromptPolicy): CompiledPromptPolicy {
  return {
    policy,
    blockedPatterns: compilePatterns(policy.blockedPatterns),
    exemptInjection: compileExemption(policy.injection.allowedPhrases),
    piiEntities: new Set(policy.pii.entities),
  };
}
