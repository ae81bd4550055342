import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import nextConfig from '@/next.config.js';
import proxy, { config } from '@/proxy';
import { parsePolicy } from './testing';

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers }));
const SIGNED_IN = { cookie: 'next-auth.session-token=abc' };

describe('the proxy', () => {
  it('tells page and browser one nonce, whatever the request claims it to be', () => {
    const answer = ask('/roles', {
      ...SIGNED_IN,
      'x-nonce': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
    });
    const policy = answer.headers.get('content-security-policy');
    const sent = answer.headers.get('x-middleware-request-x-nonce') ?? '';
    expect(parsePolicy(policy)['script-src']).toContain(`'nonce-${sent}'`);
    expect(answer.headers.get('x-middleware-request-content-security-policy')).toBe(policy);
    expect(policy).not.toContain('mine');
  });

  it('gives every answer a nonce of its own', () => {
    const policies = Array.from({ length: 20 }, () =>
      ask('/roles', SIGNED_IN).headers.get('content-security-policy'),
    );
    expect(new Set(policies).size).toBe(20);
  });

  it('protects the pages before sign-in as well, and asks for a session on the others', () => {
    for (const path of ['/signin', '/signin?error=x', '/invite/abc', '/robots.txt']) {
      expect(ask(path).headers.get('content-security-policy'), path).toContain("'nonce-");
    }
    for (const path of ['/', '/roles', '/docs/api/graphql', '/signing', '/invite']) {
      expect(ask(path).headers.get('location'), path).toContain('/signin');
    }
  });

  it('sees pages, and neither the API nor files of the build', () => {
    const [pattern = ''] = config.matcher;
    const matches = (path: string) => new RegExp(`^${pattern}$`).test(path);
    for (const path of ['/', '/roles', '/roles/a.b/policy', '/docs/api', '/signin', '/apis']) {
      expect(matches(path), path).toBe(true);
    }
    for (const path of [
      '/api/v1/chat/completions',
      '/api/v1/models',
      '/api/graphql',
      '/api',
      '/_next/static/chunks/a.js',
      '/icon.svg',
    ]) {
      expect(matches(path), path).toBe(false);
    }
  });
});

describe('headers of every answer', () => {
  type Rule = {
    source: string;
    has?: { type: string; key: string; value: string }[];
    headers: { key: string; value: string }[];
  };

  it('let nothing run, load or be framed where the proxy does not look', async () => {
    const [always] = (await nextConfig.headers?.()) as Rule[];
    const sent = Object.fromEntries(always?.headers.map(({ key, value }) => [key, value]) ?? []);
    expect([always?.source, always?.has]).toEqual(['/:path*', undefined]);
    expect(parsePolicy(sent['content-security-policy'])).toEqual({
      'default-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
    expect(sent).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()') as string,
    });
  });

  it('ask for https only of those who came that way', async () => {
    const rules = (await nextConfig.headers?.()) as Rule[];
    const strict = rules.filter(({ headers }) =>
      headers.some(({ key }) => key === 'strict-transport-security'),
    );
    expect(strict).toHaveLength(1);
    const [condition] = strict[0]?.has ?? [];
    expect(condition).toMatchObject({ type: 'header', key: 'x-forwarded-proto' });
    const secure = new RegExp(`^${condition?.value}$`);
    expect(['https', 'https, http', 'http', 'http,https'].map((said) => secure.test(said))).toEqual(
      [true, true, false, false],
    );
  });
});
