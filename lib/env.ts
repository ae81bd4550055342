import { resolve } from 'node:path';
import { z } from 'zod';

/**
 * The process environment, parsed once. Every variable the product reads is declared here;
 * a variable that is present but invalid raises one EnvError whose message is one line that names it.
 * An empty value counts as absent, because compose files and CI systems cannot unset a variable.
 */

const port = z.coerce
  .number({ error: 'must be a port number between 0 and 65535' })
  .int('must be a port number between 0 and 65535')
  .min(0, 'must be a port number between 0 and 65535')
  .max(65535, 'must be a port number between 0 and 65535');

const positiveInteger = (unit: string) =>
  z.coerce
    .number({ error: `must be a positive whole number of ${unit}` })
    .int(`must be a positive whole number of ${unit}`)
    .min(1, `must be a positive whole number of ${unit}`);

/** A URL whose scheme is one of `schemes` (without the colon). */
const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      {
        error: `must be a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
      },
    );

const HOSTNAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const HOST_WITH_PORT = /^(.+?)(?::(\d{1,5}))?$/;
const CIDR_OR_IPV6 = /^\[?[0-9a-f:.]+\]?(?::\d{1,5})?(?:\/\d{1,3})?$/i;

function isAllowedHostEntry(entry: string): boolean {
  if (CIDR_OR_IPV6.test(entry)) return true;
  const [, host = '', portText] = HOST_WITH_PORT.exec(entry) ?? [];
  return HOSTNAME.test(host) && (portText === undefined || Number(portText) <= 65535);
}

const allowedHosts = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine((entries) => entries.every(isAllowedHostEntry), {
    error: 'must be a comma-separated list of host, host:port or CIDR',
  });

const encryptionKey = z
  .string()
  .refine(
    (value) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) && Buffer.from(value, 'base64').length === 32,
    {
      error: 'must be 32 bytes in base64 (make one with: openssl rand -base64 32)',
    },
  );

const flag = z
  .enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' })
  .transform((value) => value === '1' || value === 'true');

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const secretText = z.string().regex(/^\S+$/, 'must not contain white space');

const variables = z.object({
  PORT: port.default(3000),
  GATEWAY_PORT: z
    .union([z.literal('off'), port], { error: 'must be a port number between 0 and 65535, or off' })
    .default(4000),
  HOST: z
    .string()
    .refine((value) => HOSTNAME.test(value) || /^[0-9a-f:.]+$/i.test(value), {
      error: 'must be a host name or an IP address',
    })
    .default('127.0.0.1'),
  DATABASE_URL: urlOf('postgresql', 'postgres').optional(),
  ROLEGATE_DATA_DIR: z
    .string()
    .default('./.rolegate')
    .transform((value) => resolve(/* turbopackIgnore: true */ process.cwd(), value)),
  REDIS_URL: urlOf('redis', 'rediss').optional(),
  NEXTAUTH_SECRET: z.string().optional(),
  NEXTAUTH_URL: urlOf('http', 'https').optional(),
  ROLEGATE_ENCRYPTION_KEY: encryptionKey.optional(),
  ROLEGATE_ADMIN_EMAIL: z
    .email('must be an e-mail address')
    .default('admin@rolegate.local')
    .transform((value) => value.toLowerCase()),
  ROLEGATE_ADMIN_PASSWORD: z.string().max(1024, 'must be at most 1024 characters').optional(),
  ROLEGATE_ADMIN_TOKEN: secretText.optional(),
  ROLEGATE_ALLOWED_HOSTS: allowedHosts.default([]),
  ROLEGATE_DEMO: flag.optional(),
  OPENAI_API_KEY: secretText.optional(),
  ANTHROPIC_API_KEY: secretText.optional(),
  GEMINI_API_KEY: secretText.optional(),
  SMTP_URL: urlOf('smtp', 'smtps').optional(),
  SMTP_FROM: z
    .string()
    .regex(/\S+@\S+/, 'must contain an e-mail address')
    .optional(),
  OIDC_ISSUER: urlOf('https', 'http').optional(),
  OIDC_CLIENT_ID: secretText.optional(),
  OIDC_CLIENT_SECRET: secretText.optional(),
  ROLEGATE_REQUEST_DEADLINE_MS: positiveInteger('milliseconds').default(600_000),
  ROLEGATE_CACHE_BYTES: positiveInteger('bytes').default(268_435_456),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

const OIDC_NAMES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;

const environmentSchema = variables
  .superRefine((values, context) => {
    if (values.GATEWAY_PORT !== 0 && values.GATEWAY_PORT === values.PORT) {
      context.addIssue({
        code: 'custom',
        path: ['GATEWAY_PORT'],
        message: 'must differ from PORT, or be off',
      });
    }
    const missing = OIDC_NAMES.filter((name) => values[name] === undefined);
    if (missing.length === 0 || missing.length === OIDC_NAMES.length) return;
    for (const name of missing) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `must be set too: ${OIDC_NAMES.join(', ')} work only together`,
      });
    }
  })
  .transform((values) => ({
    ...values,
    ROLEGATE_DEMO: values.ROLEGATE_DEMO ?? values.DATABASE_URL === undefined,
    NEXTAUTH_URL: values.NEXTAUTH_URL ?? `http://localhost:${values.PORT}`,
  }));

export type Env = z.output<typeof environmentSchema>;

/** Raised by `parseEnv`; the message is a single line that names the variable and the remedy. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

const SECRET_NAME = /KEY|SECRET|PASSWORD|TOKEN|URL/;

/**
 * Parses a set of variables.
 * @throws EnvError naming the first invalid variable; its value is quoted unless it may hold a secret.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(
    Object.keys(variables.shape)
      .map((name) => [name, source[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? 'environment');
  const shown =
    SECRET_NAME.test(name) || !present[name] ? '' : ` (it is ${JSON.stringify(present[name])})`;
  throw new EnvError(`${name} ${issue?.message ?? 'is invalid'}${shown}`);
}

const holder = globalThis as typeof globalThis & { __rolegateEnv?: Env };

/** The parsed environment of this process. @throws EnvError as `parseEnv`. */
export function env(): Env {
  return (holder.__rolegateEnv ??= parseEnv(process.env));
}

/** Parses `process.env` again: the boot sequence calls it after filling in generated secrets. */
export function reloadEnv(): Env {
  holder.__rolegateEnv = undefined;
  return env();
}

/**
 * A variable the boot sequence guarantees (it is generated into the data directory when unset).
 * @throws Error when called before boot in a process that did not set it.
 */
export function requireEnv(name: 'NEXTAUTH_SECRET' | 'ROLEGATE_ENCRYPTION_KEY'): string {
  const value = env()[name];
  if (!value)
    throw new Error(`${name} is not set: it is generated at start, so boot() has to run first`);
  return value;
}
