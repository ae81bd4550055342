import { z } from 'zod';
import { enabledField, field } from '../field';
import { modelNameSchema, providerNameSchema, uniqueList } from '../primitives';

const TEN_MINUTES_MS = 600_000;

const fallbackSchema = z.strictObject({
  provider: field(providerNameSchema, {
    title: 'Provider',
    description: 'Name of a provider connection.',
  }),
  model: field(modelNameSchema, {
    title: 'Model',
    description: 'The model to ask there.',
    control: 'model',
  }),
  priority: field(z.int().min(0).max(1000), {
    title: 'Priority',
    description: 'Lower is tried first.',
  }),
  timeoutMs: field(z.int().min(1).max(TEN_MINUTES_MS).default(30_000), {
    title: 'Timeout',
    description: 'Bounds one attempt at this target.',
    unit: 'ms',
  }),
});
export type Fallback = z.infer<typeof fallbackSchema>;

/** What happens when a provider fails. */
export const resiliencePolicySchema = z.strictObject({
  enabled: enabledField('retries, fallbacks and the circuit breaker'),
  retryEnabled: field(z.boolean().default(false), {
    title: 'Retry',
    description: 'Tries the same target again after a failure that may pass.',
  }),
  maxRetries: field(z.int().min(0).max(20).default(3), {
    title: 'Max retries',
    description: 'Further tries for each target, on top of the first.',
    unit: 'retries',
  }),
  retryBackoffMs: field(z.int().min(0).max(TEN_MINUTES_MS).default(1000), {
    title: 'Backoff base',
    description: 'Wait before the first retry; it doubles with each further one.',
    unit: 'ms',
  }),
  retryBackoffMax: field(z.int().min(0).max(TEN_MINUTES_MS).default(30_000), {
    title: 'Backoff max',
    description: 'Longest wait; also the longest retry-after of a provider that is obeyed.',
    unit: 'ms',
  }),
  retryJitter: field(z.boolean().default(true), {
    title: 'Add jitter to backoff',
    description:
      'Waits a random time between nothing and the backoff, so that clients do not return all at once.',
  }),
  retryOnTimeout: field(z.boolean().default(true), {
    title: 'Timeout',
    description: 'Retries when an attempt took too long.',
  }),
  retryOnRateLimit: field(z.boolean().default(true), {
    title: 'Rate limit',
    description: 'Retries when the provider answers 429.',
  }),
  retryOnServerError: field(z.boolean().default(true), {
    title: 'Server errors (5xx)',
    description: 'Retries when the provider answers 5xx or the connection breaks.',
  }),
  retryableErrors: field(
    uniqueList(
      z
        .string()
        .trim()
        .min(1)
        .max(100)
        .regex(
          /^[\w.-]+$/,
          'Write a status code such as 529 or a provider error code such as overloaded_error.',
        ),
      100,
    ).default([]),
    {
      title: 'Further retryable errors',
      description: 'Status codes or provider error codes that are also retried.',
      control: 'phrases',
    },
  ),
  fallbackEnabled: field(z.boolean().default(false), {
    title: 'Fallback chain',
    description: 'Asks the next target when one has failed for good.',
  }),
  fallbackChain: field(z.array(fallbackSchema).max(50).default([]), {
    title: 'Fallback chain',
    description: 'Targets in order of priority.',
  }),
  circuitBreakerEnabled: field(z.boolean().default(false), {
    title: 'Circuit breaker',
    description: 'Stops calling a provider that keeps failing, until a probe succeeds.',
  }),
  circuitBreakerThreshold: field(z.int().min(1).max(10_000).default(5), {
    title: 'Failure threshold',
    description: 'Consecutive failures before the breaker opens.',
    unit: 'failures',
  }),
  circuitBreakerTimeout: field(z.int().min(1).max(86_400).default(60), {
    title: 'Reset timeout',
    description: 'How long the breaker stays open before one probe is let through.',
    unit: 'seconds',
  }),
  requestTimeoutMs: field(z.int().min(1).max(TEN_MINUTES_MS).default(30_000), {
    title: 'Request timeout',
    description:
      'Bounds one upstream attempt; for a stream the time to the first token and between tokens.',
    unit: 'ms',
  }),
});
export type ResiliencePolicy = z.infer<typeof resiliencePolicySchema>;
