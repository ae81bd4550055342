import { z } from 'zod';
import { enabledField, field, limitField } from '../field';
import { modelPatternSchema } from '../primitives';

export const RATE_LIMIT_SCOPES = ['key', 'role'] as const;

const MAX_REQUESTS = 1_000_000_000;
const MAX_TOKENS = 1_000_000_000_000;

const perModelSchema = z.strictObject({
  requestsPerMinute: limitField(MAX_REQUESTS, {
    title: 'Requests a minute',
    description: 'Requests a minute to models that match. 0 means unlimited.',
    unit: 'requests',
  }),
  tokensPerMinute: limitField(MAX_TOKENS, {
    title: 'Tokens a minute',
    description: 'Tokens a minute of models that match. 0 means unlimited.',
    unit: 'tokens',
  }),
});

/** How fast a role or each of its keys may call. */
export const rateLimitPolicySchema = z.strictObject({
  enabled: enabledField('rate limiting'),
  scope: field(z.enum(RATE_LIMIT_SCOPES).default('role'), {
    title: 'Scope',
    description:
      'Whether the limits are shared by all keys of the role or count for each key alone.',
  }),
  requestsPerMinute: limitField(MAX_REQUESTS, {
    title: 'Requests a minute',
    description: 'Requests in any 60 seconds. 0 means unlimited.',
    unit: 'requests',
  }),
  requestsPerHour: limitField(MAX_REQUESTS, {
    title: 'Requests an hour',
    description: 'Requests in any 60 minutes. 0 means unlimited.',
    unit: 'requests',
  }),
  requestsPerDay: limitField(MAX_REQUESTS, {
    title: 'Requests a day',
    description: 'Requests in any 24 hours. 0 means unlimited.',
    unit: 'requests',
  }),
  tokensPerMinute: limitField(MAX_TOKENS, {
    title: 'Tokens a minute',
    description: 'Input and output tokens in any 60 seconds. 0 means unlimited.',
    unit: 'tokens',
  }),
  tokensPerHour: limitField(MAX_TOKENS, {
    title: 'Tokens an hour',
    description: 'Input and output tokens in any 60 minutes. 0 means unlimited.',
    unit: 'tokens',
  }),
  tokensPerDay: limitField(MAX_TOKENS, {
    title: 'Tokens a day',
    description: 'Input and output tokens in any 24 hours. 0 means unlimited.',
    unit: 'tokens',
  }),
  maxConcurrentRequests: limitField(1_000_000, {
    title: 'Requests at once',
    description: 'Requests that may be in flight at the same time. 0 means unlimited.',
    unit: 'requests',
  }),
  burstRequests: limitField(MAX_REQUESTS, {
    title: 'Burst',
    description:
      'How many requests may come at once above the steady rate of the shortest request limit. 0 means unlimited: the whole limit may be used at once.',
    unit: 'requests',
  }),
  perModel: field(z.record(modelPatternSchema, perModelSchema).default({}), {
    title: 'Limits by model',
    description: 'Further limits for models that match a pattern. All that match apply.',
    control: 'model-map',
  }),
});
export type RateLimitPolicy = z.infer<typeof rateLimitPolicySchema>;
