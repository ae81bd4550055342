import 'server-only';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One directory of prisma/migrations. `checksum` is Prisma's: the SHA-256 of the file, in hex. */
export type MigrationFile = { name: string; sql: string; checksum: string };

/** Where a start from the checkout finds its migrations. */
export function defaultMigrationsDir(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');
}

/** Reads all migrations in the order they apply, which is that of their names. */
export async function readMigrationFiles(dir: string): Promise<MigrationFile[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(join(dir, name, 'migration.sql'));
      return {
        name,
        sql: bytes.toString('utf8'),
        checksum: createHash('sha256').update(bytes).digest('hex'),
      };
    }),
  );
}
