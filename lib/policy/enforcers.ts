import { compileCachingPolicy } from './caching/compile';
import { compileModelRestrictions } from './model/compile';
import { compilePromptPolicy } from './prompt/compile';
import { compileRateLimitPolicy } from './rate-limit/compile';
import type { PolicyKind, RolePolicy } from './role-policy';
import { compileToolPolicy } from './tool/compile';

/** A section that needs no preparation. */
const asIs = <P>(policy: P) => ({ policy });

/**
 * What prepares each section for enforcement. The mapped type makes a forgotten section a compile
 * error; every prepared section carries its parsed document as `policy`.
 */
export const COMPILERS = {
  promptPolicies: compilePromptPolicy,
  toolPolicies: compileToolPolicy,
  rateLimitPolicy: compileRateLimitPolicy,
  modelRestrictions: compileModelRestrictions,
  cachingPolicy: compileCachingPolicy,
  routingPolicy: asIs<RolePolicy['routingPolicy']>,
  resiliencePolicy: asIs<RolePolicy['resiliencePolicy']>,
  budgetPolicy: asIs<RolePolicy['budgetPolicy']>,
} as const satisfies {
  [K in PolicyKind]: (section: RolePolicy[K]) => { policy: RolePolicy[K] };
};

export type CompiledSections = { [K in PolicyKind]: ReturnType<(typeof COMPILERS)[K]> };
