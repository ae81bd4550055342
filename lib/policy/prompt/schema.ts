import { z } from 'zod';
import { enabledField, field, limitField } from '../field';
import { re2PatternSchema, uniqueList } from '../primitives';

export const PII_ENTITIES = [
  'email',
  'phone',
  'credit_card',
  'iban',
  'us_ssn',
  'ip_address',
  'url_credentials',
  'secret',
  'person',
  'address',
  'date_of_birth',
  'passport',
  'driver_license',
] as const;
export type PiiEntity = (typeof PII_ENTITIES)[number];

/** Looked for unless told otherwise: what can be told by its form alone. */
export const DEFAULT_PII_ENTITIES = [
  'email',
  'phone',
  'credit_card',
  'iban',
  'us_ssn',
  'ip_address',
  'url_credentials',
  'secret',
] as const satisfies readonly PiiEntity[];

export const INJECTION_SENSITIVITIES = ['low', 'medium', 'high'] as const;
export const INJECTION_ACTIONS = ['block', 'warn', 'log'] as const;
export const PII_ACTIONS = ['block', 'redact', 'warn', 'log'] as const;

const sanitizeSchema = z.strictObject({
  normalizeUnicode: field(z.boolean().default(false), {
    title: 'Normalise Unicode',
    description:
      'Rewrites text to its NFKC form, so that look-alike and full-width letters cannot hide words from the checks.',
  }),
  stripInvisible: field(z.boolean().default(false), {
    title: 'Strip invisible characters',
    description:
      'Removes zero-width, bidirectional, tag and control characters before every check and from what is sent upstream.',
  }),
});

const injectionSchema = z.strictObject({
  enabled: field(z.boolean().default(false), {
    title: 'Detect prompt injection',
    description:
      'Looks for attempts to override instructions, read the system prompt or break out of the role.',
  }),
  sensitivity: field(z.enum(INJECTION_SENSITIVITIES).default('medium'), {
    title: 'Sensitivity',
    description: 'Higher catches more attacks and refuses more harmless prompts.',
  }),
  action: field(z.enum(INJECTION_ACTIONS).default('block'), {
    title: 'Action',
    description:
      'Block refuses with 400 injection_detected; warn lets through with a warning header; log only writes the receipt.',
  }),
  scanToolResults: field(z.boolean().default(true), {
    title: 'Scan tool results',
    description: 'Also checks tool messages: instructions hidden in data that a tool brought back.',
  }),
  allowedPhrases: field(uniqueList(z.string().trim().min(1).max(500), 200).default([]), {
    title: 'Allowed phrases',
    description: 'Phrases that are never taken as an attack, whatever their case.',
    control: 'phrases',
  }),
});

const piiSchema = z.strictObject({
  enabled: field(z.boolean().default(false), {
    title: 'Detect personal data',
    description: 'Looks for personal data and secrets in every message.',
  }),
  entities: field(
    uniqueList(z.enum(PII_ENTITIES), PII_ENTITIES.length).default([...DEFAULT_PII_ENTITIES]),
    { title: 'Entities', description: 'Kinds of personal data to look for.' },
  ),
  action: field(z.enum(PII_ACTIONS).default('redact'), {
    title: 'Action',
    description:
      'Block refuses with 400 pii_detected; redact writes placeholders such as [EMAIL_1]; warn lets through with a warning; log only writes the receipt.',
  }),
  scanResponses: field(z.boolean().default(false), {
    title: 'Scan answers',
    description: 'Treats personal data that the model itself brings in the same way.',
  }),
  restoreInResponse: field(z.boolean().default(false), {
    title: 'Restore in answers',
    description:
      'Puts the original values back where the answer repeats a placeholder, also in streams.',
  }),
});

/** Prompt sanity: limits, sanitising, injection, personal data, forbidden patterns. */
export const promptPolicySchema = z.strictObject({
  enabled: enabledField('prompt checks'),
  maxPromptChars: limitField(100_000_000, {
    title: 'Longest prompt, characters',
    description: 'Characters of all messages together. 0 means unlimited.',
    unit: 'characters',
  }),
  maxPromptTokens: limitField(100_000_000, {
    title: 'Longest prompt, tokens',
    description: 'Estimated tokens of all messages and tools together. 0 means unlimited.',
    unit: 'tokens',
  }),
  maxMessages: limitField(1_000_000, {
    title: 'Most messages',
    description: 'Messages in one request. 0 means unlimited.',
    unit: 'messages',
  }),
  sanitize: field(sanitizeSchema.prefault({}), {
    title: 'Sanitising',
    description: 'Applied before every other check and to what is sent upstream.',
  }),
  injection: field(injectionSchema.prefault({}), {
    title: 'Prompt injection',
    description: 'Detection of injection and jailbreak attempts.',
  }),
  pii: field(piiSchema.prefault({}), {
    title: 'Personal data',
    description: 'Detection and redaction of personal data and secrets.',
  }),
  blockedPatterns: field(uniqueList(re2PatternSchema, 200).default([]), {
    title: 'Blocked patterns',
    description:
      'Regular expressions in RE2 syntax. A prompt that matches one is refused with 400 blocked_content.',
    control: 'patterns',
  }),
});
export type PromptPolicy = z.infer<typeof promptPolicySchema>;
