import { z } from 'zod';
import { budgetPolicySchema } from './budget/schema';
import { cachingPolicySchema } from './caching/schema';
import { modelRestrictionsSchema } from './model/schema';
import { promptPolicySchema } from './prompt/schema';
import { rateLimitPolicySchema } from './rate-limit/schema';
import { resiliencePolicySchema } from './resilience/schema';
import { routingPolicySchema } from './routing/schema';
import { toolPolicySchema } from './tool/schema';

/** The eight sections in the editor's order. A ninth is a line here, in `enforcers.ts` and in the editor's tab index. */
export const POLICY_SECTIONS = {
  promptPolicies: promptPolicySchema,
  toolPolicies: toolPolicySchema,
  rateLimitPolicy: rateLimitPolicySchema,
  modelRestrictions: modelRestrictionsSchema,
  cachingPolicy: cachingPolicySchema,
  routingPolicy: routingPolicySchema,
  resiliencePolicy: resiliencePolicySchema,
  budgetPolicy: budgetPolicySchema,
} as const;

/** Document keys of the sections. */
export type PolicyKind = keyof typeof POLICY_SECTIONS;
export const POLICY_KINDS = Object.keys(POLICY_SECTIONS) as PolicyKind[];

/**
 * A role's whole policy. Parsing fills every default, so `{}` is valid and means: all sections off.
 * Unknown keys are refused. Rules between fields are in `cross-field.ts` and are checked at save only.
 */
export const rolePolicySchema = z.strictObject({
  promptPolicies: promptPolicySchema.prefault({}),
  toolPolicies: toolPolicySchema.prefault({}),
  rateLimitPolicy: rateLimitPolicySchema.prefault({}),
  modelRestrictions: modelRestrictionsSchema.prefault({}),
  cachingPolicy: cachingPolicySchema.prefault({}),
  routingPolicy: routingPolicySchema.prefault({}),
  resiliencePolicy: resiliencePolicySchema.prefault({}),
  budgetPolicy: budgetPolicySchema.prefault({}),
});

export type RolePolicy = z.output<typeof rolePolicySchema>;
/** What a client may send: every field may be left out. */
export type RolePolicyInput = z.input<typeof rolePolicySchema>;

/** The policy in which every section is off. */
export const emptyPolicy: RolePolicy = rolePolicySchema.parse({});
