import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { step } from './console-output.mjs';
import { LockedError, takeLock } from './pid-lock.mjs';
import { npmCommand, runQuietly } from './run.mjs';
import { sourceHash } from './source-hash.mjs';
import { StartError } from './start-error.mjs';

/** The oldest Node.js that package.json's engines names. @param {string} root */
export function checkNode(root) {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace(
    '>=',
    '',
  );
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major < wantedMajor || (major === wantedMajor && minor < (wantedMinor ?? 0))) {
    throw new StartError(`Node.js ${wanted} or later is needed; this is ${process.versions.node}`);
  }
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json
 * when an installation is complete; optional packages of other platforms are absent from it.
 * @param {string} root
 */
export function isInstalled(root) {
  const installedText = read(join(root, 'node_modules', '.package-lock.json'));
  if (!installedText) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(installedText).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === version : Boolean(optional || devOptional || peer);
  });
}

/** Installs from the lock file when node_modules differs from it. @param {string} root */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  step('Installing packages from package-lock.json …');
  const [command, ...args] = npmCommand();
  // The build needs development packages too, also where NODE_ENV=production is set.
  await runQuietly(
    command,
    [...args, 'ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund'],
    {
      // Its postinstall fetches CUDA, which nothing here uses; npm before 11 runs it.
      env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
      what: 'npm ci',
    },
  );
}

const CLIENT_SOURCES = [
  'prisma/schema.prisma',
  'prisma.config.ts',
  'node_modules/prisma/package.json',
];
const clientMarker = (root) => join(root, 'lib/db/generated/.schema-hash');

/** Whether the database client is that of the schema and of the installed Prisma. @param {string} root */
export const isGenerated = (root) => read(clientMarker(root)) === sourceHash(root, CLIENT_SOURCES);

/** Generates the database client when the schema or Prisma changed. @param {string} root */
export async function ensureGenerated(root) {
  if (isGenerated(root)) return;
  step('Generating the database client …');
  await generateClient(root);
  writeFileSync(clientMarker(root), sourceHash(root, CLIENT_SOURCES));
}

/** Runs `prisma generate`, which would otherwise fetch an engine that it does not use. @param {string} root */
export async function generateClient(root) {
  await runQuietly(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), 'generate'],
    {
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
      what: 'prisma generate',
    },
  );
}

const buildMarker = (root) => join(root, '.next', 'rolegate-source-hash');

/** Whether the build in .next is that of the present sources. @param {string} root */
export const isBuilt = (root) =>
  existsSync(join(root, '.next', 'BUILD_ID')) && read(buildMarker(root)) === sourceHash(root);

/** Builds the console when its sources changed. @param {string} root */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return;
  await checkEnvironment(root);
  step('Building the console (once for each version of the sources) …');
  const hash = sourceHash(root);
  rmSync(buildMarker(root), { force: true });
  await runQuietly(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    what: 'next build',
  });
  writeFileSync(buildMarker(root), hash);
}

/** Says what is wrong with the environment before the minutes of a build rather than after them. */
async function checkEnvironment(root) {
  const program =
    "import('./lib/env.ts').then(({ env }) => env()).catch((error) => { console.error(error.name === 'EnvError' ? error.message : error); process.exit(1); })";
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  try {
    await runQuietly(process.execPath, [tsx, '-e', program], { what: 'The environment check' });
  } catch (error) {
    throw new StartError(error.message.split('\n').slice(1).join('\n').trim() || error.message);
  }
}

/**
 * Makes the checkout ready to run: packages, database client and (unless `build` is false) the build.
 * One process at a time: two that install and build at once would leave either with half of it.
 * @param {string} root @param {{build: boolean}} options
 */
export async function prepare(root, { build }) {
  if (isInstalled(root) && isGenerated(root) && (!build || isBuilt(root))) return;
  const lock = await waitForLock(join(root, '.rolegate', 'prepare.pid'));
  try {
    await ensureInstalled(root);
    await ensureGenerated(root);
    if (build) await ensureBuilt(root);
  } finally {
    lock.release();
  }
}

async function waitForLock(file) {
  for (let told = false; ; await delay(250)) {
    try {
      return await takeLock(file);
    } catch (error) {
      if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
        throw new StartError(
          `this checkout has to be installed and built first, and cannot be written (${error.code}): start it once as its owner`,
        );
      }
      if (!(error instanceof LockedError)) throw error;
      if (!told) step(`Waiting for process ${error.pid}, which is preparing this checkout …`);
      told = true;
    }
  }
}
