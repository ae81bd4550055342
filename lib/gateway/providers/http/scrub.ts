const MAX_MESSAGE = 1000;

// What providers repeat of a request in their error texts: keys (whole or half masked), organisations.
const SECRETS: readonly RegExp[] = [
  /\b(sk|pk|rk|gsk|xai|rg|rga|key|pplx|tgp|fw|nvapi|hf|r8|csk)[-_][A-Za-z0-9*_.-]{6,}/g,
  /\bAIza[A-Za-z0-9_*-]{10,}/g,
  /\b(AKIA|ASIA)[A-Z0-9*]{8,}/g,
  /\bBearer\s+[^\s"',;]+/gi,
  /\b(org|proj)-[A-Za-z0-9]{6,}/g,
  /([?&](?:key|api[-_]?key|token|access_token|sig|signature)=)[^&\s"']+/gi,
];

/**
 * A provider's text made safe for a client: the connection's own secrets and whatever looks like a key
 * is blotted out, control characters go, and it ends after 1000 characters.
 */
export function scrub(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  for (const secret of secrets) {
    if (secret.length >= 4) safe = safe.replaceAll(secret, '[redacted]');
  }
  for (const pattern of SECRETS) {
    safe = safe.replace(pattern, (_match, prefix: unknown) =>
      typeof prefix === 'string' && /^[?&]/.test(prefix) ? `${prefix}[redacted]` : '[redacted]',
    );
  }
  // A line break in an error text would break log lines and header values made of it.
  safe = safe.replace(/\p{Cc}+/gu, ' ').trim();
  return safe.length <= MAX_MESSAGE ? safe : `${safe.slice(0, MAX_MESSAGE)}…`;
}

/** The parts of a connection's credential, none of which may ever show. */
export function secretsOf({ credential }: { credential: string }): string[] {
  return [credential, ...credential.split(':')].filter((part) => part.length >= 4);
}
