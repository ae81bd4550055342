import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything a build depends on; tests and generated code (derived from prisma/) are not in it. */
export const BUILD_SOURCES = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'scripts/lib/listen-error.mjs',
  'scripts/lib/process-alive.mjs',
  'scripts/lib/start-error.mjs',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

const IGNORED = /(\.test\.tsx?|\.md|~)$|^lib\/db\/generated(\/|$)|\/__fixtures__(\/|$)/;

/** Files below `path` (or itself), sorted; what does not exist has none. @returns {string[]} */
function filesOf(root, path) {
  if (IGNORED.test(path)) return [];
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  return entries
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => filesOf(root, `${path}/${name}`));
}

/** SHA-256 (hex) over names and contents of all that goes into a build. @param {string} root */
export function sourceHash(root, sources = BUILD_SOURCES) {
  const hash = createHash('sha256').update(process.version);
  for (const file of sources.flatMap((source) => filesOf(root, source))) {
    const content = readFileSync(join(root, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
