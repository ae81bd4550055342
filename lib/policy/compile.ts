import { COMPILERS, type CompiledSections } from './enforcers';
import type { RolePolicy } from './role-policy';

/** A policy made ready for enforcement: patterns compiled, wildcards turned into matchers. */
export type CompiledPolicy = { readonly document: RolePolicy } & Readonly<CompiledSections>;

// On globalThis because Next.js gives every bundle its own copy of a module.
const holder = globalThis as typeof globalThis & {
  __rolegateCompiledPolicies?: WeakMap<RolePolicy, CompiledPolicy>;
};
const cache = (holder.__rolegateCompiledPolicies ??= new WeakMap());

/**
 * Compiles a parsed policy, once for each document object: a snapshot that is shared by requests is
 * compiled by the first of them. The document must not be changed afterwards.
 * @throws when a pattern does not compile, which parsing by `rolePolicySchema` rules out.
 */
export function compilePolicy(document: RolePolicy): CompiledPolicy {
  const known = cache.get(document);
  if (known) return known;
  const compiled: CompiledPolicy = {
    document,
    promptPolicies: COMPILERS.promptPolicies(document.promptPolicies),
    toolPolicies: COMPILERS.toolPolicies(document.toolPolicies),
    rateLimitPolicy: COMPILERS.rateLimitPolicy(document.rateLimitPolicy),
    modelRestrictions: COMPILERS.modelRestrictions(document.modelRestrictions),
    cachingPolicy: COMPILERS.cachingPolicy(document.cachingPolicy),
    routingPolicy: COMPILERS.routingPolicy(document.routingPolicy),
    resiliencePolicy: COMPILERS.resiliencePolicy(document.resiliencePolicy),
    budgetPolicy: COMPILERS.budgetPolicy(document.budgetPolicy),
  };
  cache.set(document, compiled);
  return compiled;
}
