import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What a first start makes up, kept in `<data dir>/secrets.json` (mode 0600). */
const generatedSecrets = z.object({
  /** Signs console sessions. */
  nextauthSecret: z.string().min(32),
  /** 32 bytes, base64: seals provider credentials. Without it they cannot be read again. */
  encryptionKey: z.string().refine((value) => Buffer.from(value, 'base64').length === 32),
  /** The first owner's password, unless ROLEGATE_ADMIN_PASSWORD gave one. */
  adminPassword: z.string().optional(),
  /** Secret of the demo tenant's API key, so that every start can print a working example. */
  demoKey: z.string().optional(),
});

export type GeneratedSecrets = z.output<typeof generatedSecrets>;

const fileIn = (dataDir: string) => join(dataDir, 'secrets.json');

/**
 * Reads the secrets of a data directory, or makes them. The directory's lock has to be held.
 * @throws Error naming the file when it exists but is damaged: making new ones would lose what the
 * old ones sealed
 */
export async function loadSecrets(dataDir: string): Promise<GeneratedSecrets> {
  const file = fileIn(dataDir);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    const secrets: GeneratedSecrets = {
      nextauthSecret: randomBytes(32).toString('base64url'),
      encryptionKey: randomBytes(32).toString('base64'),
    };
    await saveSecrets(dataDir, secrets);
    return secrets;
  }
  const parsed = generatedSecrets.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${file} is damaged: restore it from a backup (it holds the key of stored credentials)`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes the secrets, whole or not at all, readable by their owner only. */
export async function saveSecrets(dataDir: string, secrets: GeneratedSecrets): Promise<void> {
  const file = fileIn(dataDir);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}
