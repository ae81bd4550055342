import { describe, expect, it } from 'vitest';
import { EnvError, parseEnv } from './env';

const message = (source: Record<string, string>): string => {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  throw new Error('the environment was accepted');
};

describe('parseEnv', () => {
  it('gives the contract defaults to an empty environment', () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 3000,
      GATEWAY_PORT: 4000,
      HOST: '127.0.0.1',
      NEXTAUTH_URL: 'http://localhost:3000',
      ROLEGATE_ADMIN_EMAIL: 'admin@rolegate.local',
      ROLEGATE_ALLOWED_HOSTS: [],
      ROLEGATE_DEMO: true,
      ROLEGATE_REQUEST_DEADLINE_MS: 600_000,
      ROLEGATE_CACHE_BYTES: 268_435_456,
      LOG_LEVEL: 'info',
    });
  });

  it('counts an empty value as absent', () => {
    const parsed = parseEnv({ PORT: '', DATABASE_URL: ' ' });
    expect(parsed.PORT).toBe(3000);
    expect(parsed.DATABASE_URL).toBeUndefined();
  });

  it('seeds no demo into a database of the user, unless asked', () => {
    const DATABASE_URL = 'postgresql://u:p@db.example/x';
    expect(parseEnv({ DATABASE_URL }).ROLEGATE_DEMO).toBe(false);
    expect(parseEnv({ DATABASE_URL, ROLEGATE_DEMO: '1' }).ROLEGATE_DEMO).toBe(true);
  });

  it('reads lists of hosts, ports and CIDRs', () => {
    const { ROLEGATE_ALLOWED_HOSTS } = parseEnv({
      ROLEGATE_ALLOWED_HOSTS: 'localhost:11434, 10.0.0.0/8,[::1]:8080,ollama.internal',
    });
    expect(ROLEGATE_ALLOWED_HOSTS).toEqual([
      'localhost:11434',
      '10.0.0.0/8',
      '[::1]:8080',
      'ollama.internal',
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'three' }],
    ['GATEWAY_PORT', { GATEWAY_PORT: 'on' }],
    ['GATEWAY_PORT', { PORT: '4000' }],
    ['HOST', { HOST: 'not a host' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
    ['NEXTAUTH_URL', { NEXTAUTH_URL: 'localhost:3000' }],
    ['ROLEGATE_ENCRYPTION_KEY', { ROLEGATE_ENCRYPTION_KEY: 'dG9vIHNob3J0' }],
    ['ROLEGATE_ADMIN_EMAIL', { ROLEGATE_ADMIN_EMAIL: 'nobody' }],
    ['ROLEGATE_ADMIN_TOKEN', { ROLEGATE_ADMIN_TOKEN: 'two words' }],
    ['ROLEGATE_ALLOWED_HOSTS', { ROLEGATE_ALLOWED_HOSTS: 'http://localhost' }],
    ['ROLEGATE_DEMO', { ROLEGATE_DEMO: 'maybe' }],
    ['SMTP_URL', { SMTP_URL: 'mail.example' }],
    ['SMTP_FROM', { SMTP_FROM: 'nobody' }],
    ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'x' }],
    ['ROLEGATE_REQUEST_DEADLINE_MS', { ROLEGATE_REQUEST_DEADLINE_MS: '-1' }],
    ['ROLEGATE_CACHE_BYTES', { ROLEGATE_CACHE_BYTES: '1.5' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('names %s in one line when it is invalid', (name, source) => {
    expect(message(source)).toMatch(new RegExp(`^${name} must .+$`));
  });

  it('never repeats the value of a variable that may hold a secret', () => {
    expect(message({ ROLEGATE_ENCRYPTION_KEY: 'hunter2' })).not.toContain('hunter2');
    expect(message({ DATABASE_URL: 'mysql://u:hunter2@db/x' })).not.toContain('hunter2');
  });
});
