import pino, { type Logger } from 'pino';

/**
 * Structured JSON logs on stdout. Keys, passwords and prompts never reach them: callers log ids and
 * codes, and the paths below are removed even if a caller passes a whole object by mistake.
 */

const SENSITIVE_FIELDS = [
  'password',
  'passwordHash',
  'secret',
  'apiKey',
  'api_key',
  'token',
  'credential',
  'credentials',
  'authorization',
  'cookie',
  'messages',
  'prompt',
  'content',
  'body',
  'databaseUrl',
  'webhook',
  'url.password',
] as const;

/** Every sensitive field at the top level and one and two levels down (pino has no deep wildcard). */
const REDACTED_PATHS = SENSITIVE_FIELDS.flatMap((field) => [
  field,
  `*.${field}`,
  `*.*.${field}`,
  `headers["${field}"]`,
]).concat([
  'headers["set-cookie"]',
  'headers["x-api-key"]',
  '*.headers["x-api-key"]',
  '*.headers["set-cookie"]',
]);

/** Secrets that end up inside free text: connection strings, Rolegate keys, bearer tokens, provider keys. */
const SECRETS_IN_TEXT: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, '$1:[redacted]@'],
  [/\brga?_[A-Za-z0-9_-]{20,}/g, '[redacted]'],
  [/\b[Bb]earer\s+[A-Za-z0-9._~+/=-]{8,}/g, 'Bearer [redacted]'],
  [/\bsk-[A-Za-z0-9_-]{12,}/g, '[redacted]'],
  [/\bAIza[A-Za-z0-9_-]{20,}/g, '[redacted]'],
];

/** Removes anything that looks like a credential from free text (messages of foreign errors). */
export function redactText(text: string): string {
  return SECRETS_IN_TEXT.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    text,
  );
}

function serializeError(error: unknown) {
  const serialized = pino.stdSerializers.err(error as Error);
  if (typeof serialized !== 'object' || serialized === null) return serialized;
  return {
    type: serialized.type,
    message: redactText(String(serialized.message ?? '')),
    code: (serialized as { code?: unknown }).code,
    stack: redactText(String(serialized.stack ?? '')),
  };
}

/** Builds a logger; `destination` is for tests. @param level a pino level or `silent`. */
export function createLog(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    serializers: { err: serializeError, error: serializeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

const holder = globalThis as typeof globalThis & { __rolegateLog?: Logger };

/**
 * The process's logger. Reads LOG_LEVEL itself rather than through `env()`, so that a start which
 * fails on another variable can still log; an invalid level is reported by `env()`.
 */
export function log(): Logger {
  if (!holder.__rolegateLog) {
    const level = process.env.LOG_LEVEL?.trim() ?? '';
    holder.__rolegateLog = createLog(
      level in pino.levels.values || level === 'silent' ? level : 'info',
    );
  }
  return holder.__rolegateLog;
}

export type Log = Logger;
