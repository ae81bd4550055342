import { z } from 'zod';
import { enabledField, field } from '../field';
import { modelPatternSchema, re2PatternSchema, uniqueList } from '../primitives';

export const CACHE_SCOPES = ['role', 'key', 'user'] as const;

/** When an answer is given again instead of asked for again. */
export const cachingPolicySchema = z.strictObject({
  enabled: enabledField('the answer cache'),
  similarityThreshold: field(z.number().min(0).max(1).default(0.95), {
    title: 'Similarity threshold',
    description:
      'How alike two questions must be for one answer to serve both. Higher = more exact match required; 1 = exact matches only.',
  }),
  ttlSeconds: field(z.int().min(1).max(31_536_000).default(3600), {
    title: 'Cache TTL',
    description: 'How long an answer may be given again.',
    unit: 'seconds',
  }),
  maxCacheSize: field(z.int().min(1).max(10_000_000).default(10_000), {
    title: 'Largest cache',
    description: 'Entries this role may keep; the least recently used goes first.',
    unit: 'entries',
  }),
  cacheStreaming: field(z.boolean().default(true), {
    title: 'Cache streaming responses',
    description: 'Stores streamed answers and replays answers as streams.',
  }),
  cacheToolCalls: field(z.boolean().default(false), {
    title: 'Cache tool call responses',
    description: 'Also stores answers that call tools.',
  }),
  excludedModels: field(uniqueList(modelPatternSchema, 500).default([]), {
    title: 'Excluded models',
    description: 'Answers of these models are never cached; * is a wildcard.',
    control: 'models',
  }),
  excludedPatterns: field(uniqueList(re2PatternSchema, 200).default([]), {
    title: 'Excluded patterns',
    description: 'Regular expressions in RE2 syntax. A prompt that matches one bypasses the cache.',
    control: 'patterns',
  }),
  trackSavings: field(z.boolean().default(true), {
    title: 'Track cost savings from cache hits',
    description: 'Adds up the money and time that hits saved.',
  }),
  scope: field(z.enum(CACHE_SCOPES).default('role'), {
    title: 'Shared within',
    description:
      "Whose answers may be shared: the whole role, one key, or one end user (the request's user field).",
  }),
});
export type CachingPolicy = z.infer<typeof cachingPolicySchema>;
