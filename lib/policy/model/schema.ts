import { z } from 'zod';
import { enabledField, field, limitField } from '../field';
import { modelNameSchema, modelPatternSchema, providerNameSchema, uniqueList } from '../primitives';

export const MODEL_RESTRICTION_MODES = ['allowlist', 'blocklist'] as const;

/** Which models and providers a role may use. */
export const modelRestrictionsSchema = z.strictObject({
  enabled: enabledField('model restrictions'),
  mode: field(z.enum(MODEL_RESTRICTION_MODES).default('allowlist'), {
    title: 'Mode',
    description:
      'Allowlist permits only the allowed models; blocklist permits all but the blocked ones.',
  }),
  allowedModels: field(uniqueList(modelPatternSchema, 1000).default([]), {
    title: 'Allowed models',
    description:
      'In force in allowlist mode. provider/model or a bare name; * is a wildcard. Empty means all.',
    control: 'models',
  }),
  blockedModels: field(uniqueList(modelPatternSchema, 1000).default([]), {
    title: 'Blocked models',
    description: 'In force in blocklist mode. provider/model or a bare name; * is a wildcard.',
    control: 'models',
  }),
  allowedProviders: field(uniqueList(providerNameSchema, 200).default([]), {
    title: 'Allowed providers',
    description: 'Only these provider connections, in either mode. Empty means all.',
  }),
  defaultModel: field(z.union([z.literal(''), modelNameSchema]).default(''), {
    title: 'Default model',
    description:
      'Used when a request names no model and routing chooses none. Empty: such a request is refused.',
    control: 'model',
  }),
  maxOutputTokens: limitField(10_000_000, {
    title: 'Longest answer',
    description:
      'Most output tokens a request may ask for; larger requests are clamped and warned. 0 means unlimited.',
    unit: 'tokens',
  }),
});
export type ModelRestrictions = z.infer<typeof modelRestrictionsSchema>;
