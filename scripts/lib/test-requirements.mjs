import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './console-output.mjs';
import { run, runQuietly } from './run.mjs';
import { StartError } from './start-error.mjs';

/** @param {string} name @returns {string | undefined} full path of a program in PATH */
export function findProgram(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch (error) {
        if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(error.code)) return false;
        throw error;
      }
    });
}

/** Debian keeps the server's programs out of PATH. @returns {string | undefined} directory of initdb and postgres */
export function findPostgresServer() {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base)
    ? readdirSync(base)
        .map(Number)
        .filter((major) => major >= 15)
    : [];
  const newest = versions
    .sort((a, b) => b - a)
    .find((major) => existsSync(`${base}/${major}/bin/initdb`));
  return newest === undefined ? undefined : `${base}/${newest}/bin`;
}

/**
 * The headless shell first: the same engine without windows and their compositor, at half the work.
 * @returns {string | undefined} a Chromium that Playwright can drive
 */
export const findChromium = () =>
  process.env.CHROMIUM_PATH ||
  ['chromium-headless-shell', 'chromium', 'chromium-browser'].map(findProgram).find(Boolean);

/** Programs the tests drive that npm cannot bring, with the packages that hold them, best first. */
const REQUIREMENTS = [
  {
    packages: ['chromium-headless-shell', 'chromium'],
    purpose: 'browser tests',
    find: findChromium,
  },
  {
    packages: ['postgresql'],
    purpose: "tests against a user's own PostgreSQL",
    find: findPostgresServer,
  },
  {
    packages: ['redis-server'],
    purpose: 'tests of shared counters',
    find: () => findProgram('redis-server'),
  },
];

/**
 * Installs what is absent where that is possible (root on Debian).
 * @throws {StartError} saying what to install, elsewhere
 */
export async function ensureTestRequirements() {
  const missing = REQUIREMENTS.filter(({ find }) => !find());
  if (missing.length === 0) return;
  const names = missing.map(({ packages }) => packages.at(-1));
  const apt = findProgram('apt-get');
  if (process.getuid?.() !== 0 || !apt) {
    const list = missing
      .map(({ packages, purpose }) => `${packages.at(-1)} (${purpose})`)
      .join(', ');
    throw new StartError(
      `the tests need ${list}: install them, on Debian with: sudo apt-get install ${names.join(' ')}`,
    );
  }
  step(`Installing ${names.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly(apt, ['update', '-q'], { env, what: 'apt-get update' });
  const packages = await Promise.all(missing.map((requirement) => firstOffered(requirement)));
  await runQuietly(apt, ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
    what: 'apt-get install',
  });
  const still = REQUIREMENTS.filter(({ find }) => !find()).map(({ packages: [name] }) => name);
  if (still.length > 0)
    throw new StartError(`${still.join(', ')} cannot be found although installed`);
}

/** The first of a requirement's packages that this distribution has; the last if it says nothing. */
async function firstOffered({ packages }) {
  for (const name of packages.slice(0, -1)) {
    const { code, output } = await run('apt-cache', ['show', '--no-all-versions', name], {
      quiet: true,
    });
    if (code === 0 && output.includes(`Package: ${name}`)) return name;
  }
  return packages.at(-1);
}
