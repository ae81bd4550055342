import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  createNonce,
  EMPTY_STYLES,
  pageContentSecurityPolicy,
  TOAST_STYLES,
} from './content-security-policy';
import { parsePolicy } from './testing';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const nonce = createNonce();
const production = parsePolicy(pageContentSecurityPolicy({ nonce, development: false }));
const development = parsePolicy(pageContentSecurityPolicy({ nonce, development: true }));

describe('the policy of a page', () => {
  it('runs scripts by nonce only, and those that they load', () => {
    expect(production['script-src']).toEqual([`'nonce-${nonce}'`, "'strict-dynamic'"]);
  });

  it('leaves nothing of what it names or forgets open', () => {
    expect(production).toEqual({
      'default-src': ["'none'"],
      'script-src': production['script-src'],
      'style-src': ["'self'", `'nonce-${nonce}'`, TOAST_STYLES, EMPTY_STYLES],
      'img-src': ["'self'"],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
  });

  it('gives the development server eval, inline styles and its socket, and no inline script', () => {
    expect(development['script-src']).toEqual([
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      "'unsafe-eval'",
    ]);
    expect(development['style-src']).toEqual(["'self'", "'unsafe-inline'"]);
    expect(development['connect-src']).toEqual(["'self'", 'ws:']);
  });

  it('knows the style sheet of the installed toasts', () => {
    const source = readFileSync(createRequire(import.meta.url).resolve('sonner'), 'utf8');
    const [, literal = ''] = /^__insertCSS\((".+")\);?$/m.exec(source) ?? [];
    expect([hashOf(JSON.parse(literal) as string), hashOf('')]).toEqual([
      TOAST_STYLES,
      EMPTY_STYLES,
    ]);
  });
});

describe('a nonce', () => {
  it('has 128 bits and is never the same twice', () => {
    const nonces = Array.from({ length: 1000 }, createNonce);
    expect(new Set(nonces).size).toBe(1000);
    for (const one of nonces) expect(Buffer.from(one, 'base64')).toHaveLength(16);
  });
});
