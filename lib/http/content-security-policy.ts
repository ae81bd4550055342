import 'server-only';
import { randomBytes } from 'node:crypto';

/** Request header by which the proxy tells the root layout the nonce of the page. */
export const NONCE_HEADER = 'x-nonce';

/**
 * Hash of the one style sheet that a library (sonner) writes into a page without a way to give it a
 * nonce; a test computes it from the installed version. It puts an empty element there first.
 */
export const TOAST_STYLES = "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";
export const EMPTY_STYLES = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const NONCE_BYTES = 16;

/** A fresh value for one page: 128 random bits in Base64, as CSP Level 3 recommends. */
export function createNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64');
}

export type PagePolicy = {
  /** From `createNonce`; good for one answer only. */
  nonce: string;
  /** Whether Next's development server answers: its overlay needs eval, inline styles and a socket. */
  development: boolean;
};

/**
 * The `content-security-policy` of one page of the console. A script runs only with the page's nonce
 * or when such a script loads it ('strict-dynamic'), so that text which slips into a page as markup
 * stays text, and a file of our own origin is no way round either.
 */
export function pageContentSecurityPolicy({ nonce, development }: PagePolicy): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': [
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    'style-src': development
      ? ["'self'", "'unsafe-inline'"]
      : ["'self'", `'nonce-${nonce}'`, TOAST_STYLES, EMPTY_STYLES],
    'img-src': ["'self'"],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(development ? ['ws:'] : [])],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
