import nextVitals from 'eslint-config-next/core-web-vitals';
import tseslint from 'typescript-eslint';

/** Modules that exist on the server only: sockets, files, databases. */
const SERVER_PACKAGES = [
  'node:*',
  'pg',
  'pg/*',
  '@prisma/*',
  'undici',
  'ioredis',
  'pino',
  'next/server',
  'next/headers',
];
const FRAMEWORK = [
  'next',
  'next/*',
  'next-auth',
  'next-auth/*',
  'react',
  'react-dom',
  'react/*',
  '@prisma/*',
  'pg',
];
const lib = (...areas) => areas.flatMap((area) => [`@/lib/${area}`, `@/lib/${area}/**`]);
const USER_INTERFACE = ['@/app/**', '@/components/**', ...lib('client')];

/** One rule of "who imports whom": files of an area may not import these (types may cross if said). */
const boundary = (files, group, message, { types = false } = {}) => ({
  files,
  ignores: ['**/*.test.ts', '**/*.test.tsx', '**/testing*.ts', '**/testing/**'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [{ group: [...new Set(group)], message, allowTypeImports: types }] },
    ],
  },
});

const BOUNDARIES = [
  boundary(
    ['lib/policy/**/*.ts'],
    [
      ...USER_INTERFACE,
      ...FRAMEWORK,
      ...SERVER_PACKAGES,
      ...lib(
        'db',
        'server',
        'gateway',
        'admin',
        'auth',
        'http',
        'live',
        'budget',
        'net',
        'sandbox',
        'secrets',
      ),
    ],
    'lib/policy meets the world only through its own ports, and its schemas run in the browser.',
  ),
  boundary(
    ['lib/gateway/**/*.ts', 'lib/budget/**/*.ts', 'lib/cache/**/*.ts', 'lib/encoder/**/*.ts'],
    [...USER_INTERFACE, ...FRAMEWORK, ...lib('db', 'server', 'admin', 'auth', 'http')],
    'The gateway knows policy types and its own ports; lib/server wires the real ones in.',
  ),
  boundary(
    [
      'lib/admin/**/*.ts',
      'lib/live/**/*.ts',
      'lib/net/**/*.ts',
      'lib/sandbox/**/*.ts',
      'lib/db/**/*.ts',
    ],
    [...USER_INTERFACE, 'next', 'next/*', 'react', 'react-dom'],
    'Use cases and adapters run without Next and without the console.',
  ),
  boundary(
    ['components/**/*.{ts,tsx}', 'lib/client/**/*.{ts,tsx}'],
    [
      '@/app/**',
      ...SERVER_PACKAGES,
      ...lib(
        'db',
        'server',
        'gateway',
        'admin',
        'auth',
        'http',
        'live',
        'net',
        'sandbox',
        'secrets',
        'env',
        'log',
      ),
    ],
    'The console knows policy schemas and lib/client; everything else it asks the API.',
    { types: true },
  ),
  boundary(
    ['lib/cli/**/*.ts'],
    ['@/app/**', '@/components/**', ...FRAMEWORK, ...lib('db', 'server', 'admin', 'auth', 'http')],
    'The command line reads files and asks the API; it runs without a server around it.',
  ),
  boundary(
    ['app/**/*.{ts,tsx}'],
    ['@prisma/*', 'pg', 'undici', 'ioredis', ...lib('db')],
    'A handler identifies, parses, calls one function and renders; it does not reach for storage.',
    { types: true },
  ),
];

const reactHookRules = nextVitals
  .flatMap(({ rules = {} }) => Object.keys(rules))
  .filter((name) => name.startsWith('react-hooks/'));

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      'node_modules/**',
      'lib/db/generated/**',
      'next-env.d.ts',
      'test-results/**',
      'playwright-report/**',
      '.rolegate/**',
    ],
  },
  ...nextVitals,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended, tseslint.configs.stylistic],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/array-type': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  { files: ['scripts/**', 'e2e/**'], rules: { 'no-console': 'off' } },
  {
    // No components: the React compiler behind these rules would read every file for nothing, and a
    // name that begins with "use" is no hook.
    files: ['lib/**', 'scripts/**', 'e2e/**', 'app/api/**'],
    ignores: ['lib/client/**'],
    rules: Object.fromEntries(reactHookRules.map((name) => [name, 'off'])),
  },
  ...BOUNDARIES,
);
