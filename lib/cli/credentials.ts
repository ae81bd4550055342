import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CliError, type Io } from './io';

const fileSchema = z.object({
  /** The server that is meant when none is named. */
  current: z.string(),
  tokens: z.record(z.string(), z.string()),
});
type Stored = z.output<typeof fileSchema>;

export type Credentials = { server: string; token: string };

/** `$XDG_CONFIG_HOME/rolegate/credentials.json`, readable by its owner alone. */
function credentialsPath(env: Io['env']): string {
  const base = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config');
  return join(base, 'rolegate', 'credentials.json');
}

/**
 * Whom to ask, and with what: `--server` and ROLEGATE_TOKEN first, then what `rolegate login` stored.
 * @throws CliError when nothing is known
 */
export function findCredentials(env: Io['env'], server: string | undefined): Credentials {
  const stored = read(env);
  const named = server ?? env.ROLEGATE_SERVER ?? stored?.current;
  if (!named) {
    throw new CliError(
      'No server is known. Run rolegate login --server URL, or set ROLEGATE_SERVER.',
    );
  }
  const url = serverUrl(named);
  const token = env.ROLEGATE_TOKEN ?? stored?.tokens[url];
  if (token) return { server: url, token };
  throw new CliError(`Not signed in at ${url}. Run rolegate login, or set ROLEGATE_TOKEN.`);
}

/** Stores a token for a server, which becomes the current one. */
export function storeCredentials(env: Io['env'], { server, token }: Credentials): string {
  const path = credentialsPath(env);
  const tokens = { ...read(env)?.tokens, [server]: token };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Written aside with its mode from the start: nobody reads it between writing and chmod.
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify({ current: server, tokens }, null, 2)}\n`, {
    mode: 0o600,
  });
  chmodSync(aside, 0o600);
  renameSync(aside, path);
  return path;
}

/**
 * The origin of a server. Over plain HTTP a token can be read by everybody on the way, so that is for
 * this machine only. @throws CliError
 */
export function serverUrl(text: string): string {
  if (!URL.canParse(text))
    throw new CliError('Write the server as a URL, such as https://rolegate.example.com.');
  const { protocol, hostname, origin, username } = new URL(text);
  if (username !== '' || !/^https?:$/.test(protocol)) {
    throw new CliError('Write the server as a plain https URL, without a user name.');
  }
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  if (protocol === 'http:' && !local) {
    throw new CliError('The token would travel in the clear: use https.');
  }
  return origin;
}

function read(env: Io['env']): Stored | null {
  const path = credentialsPath(env);
  if (!existsSync(path)) return null;
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new CliError(`${path} cannot be read. Run rolegate login again after deleting it.`);
  }
}
