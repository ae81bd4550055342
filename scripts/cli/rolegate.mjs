#!/usr/bin/env node
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * `npx rolegate`: the command line of policies as code. Its TypeScript is bundled with its packages by
 * esbuild at first use and after a change of a source, in under a second and without a network; every
 * other start loads the bundle.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, 'node_modules', '.cache', 'rolegate-cli');
const record = join(folder, 'inputs.json');

/** Size and time of change of each source, which tell a changed one from the one that was bundled. */
const stampsOf = (files) =>
  Object.fromEntries(
    files.map((file) => {
      const { size, mtimeMs } = statSync(join(root, file));
      return [file, `${size} ${mtimeMs}`];
    }),
  );

function currentBundle() {
  try {
    const { entry, stamps, node } = JSON.parse(readFileSync(record, 'utf8'));
    const now = stampsOf(Object.keys(stamps));
    const same = Object.entries(stamps).every(([file, stamp]) => now[file] === stamp);
    statSync(join(folder, entry));
    return same && node === process.version ? entry : undefined;
  } catch {
    return undefined;
  }
}

async function bundle() {
  const { build } = await import('esbuild');
  // A folder of its own for each build: another process may be running the one before.
  const name = `${Date.now()}-${process.pid}`;
  const { metafile } = await build({
    entryPoints: [join(root, 'scripts/cli/entry.ts')],
    absWorkingDir: root,
    outdir: join(folder, name),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // A UMD wrapper hides what it requires from a bundler.
    mainFields: ['module', 'main'],
    // CommonJS packages in the bundle ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    // Less for V8 to read at every start; names and lines stay for stack traces.
    minifyWhitespace: true,
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules'));
  const entry = `${name}/entry.mjs`;
  const stamps = stampsOf([...inputs, 'package-lock.json', 'scripts/cli/rolegate.mjs']);
  const before = previous();
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    `${record}.${process.pid}`,
    JSON.stringify({ entry, stamps, node: process.version }),
  );
  renameSync(`${record}.${process.pid}`, record);
  if (before && before !== name) rmSync(join(folder, before), { recursive: true, force: true });
  return entry;
}

/** Folder of the bundle that this one replaces. */
function previous() {
  try {
    return JSON.parse(readFileSync(record, 'utf8')).entry.split('/')[0];
  } catch {
    return undefined;
  }
}

let entry;
try {
  entry = currentBundle() ?? (await bundle());
} catch (error) {
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND';
  const why = missing ? 'its packages are not installed: run npm install' : error?.message;
  process.stderr.write(`rolegate: cannot be started: ${why}\n`);
  process.exit(1);
}
await import(pathToFileURL(join(folder, entry)).href);
