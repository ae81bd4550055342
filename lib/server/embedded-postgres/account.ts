import 'server-only';
import { readFile, stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';

/** The operating-system account PostgreSQL runs as; `undefined` = the account of this process. */
export type ServerAccount = { uid: number; gid: number } | undefined;

const PREFERRED_USERS = ['postgres', 'nobody'];

/** Parses passwd(5) lines into `name -> {uid, gid}`. */
function parsePasswd(text: string): Map<string, { uid: number; gid: number }> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [name, , uid, gid] = line.split(':');
      return name && uid && gid ? [[name, { uid: Number(uid), gid: Number(gid) }]] : [];
    }),
  );
}

/**
 * PostgreSQL refuses to run as root, so root hands it to another account: the owner of an existing
 * data directory, else `postgres`, else `nobody` (initdb demands an account that has a passwd entry).
 * @param serverDir the directory that holds (or will hold) the cluster
 * @throws Error when this process is root and no such account exists
 */
export async function serverAccount(serverDir: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(serverDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  for (const name of PREFERRED_USERS) {
    const user = users.get(name);
    if (user && user.uid !== 0) return user;
  }
  throw new Error(
    'PostgreSQL cannot run as root and there is no account "postgres" or "nobody" to run it as: ' +
      'start Rolegate as an ordinary user, or set DATABASE_URL',
  );
}

/** Whether an unprivileged account that owns nothing on the way may read and enter `directory`. */
export async function isReachableByOthers(directory: string): Promise<boolean> {
  for (let current = directory; ; current = dirname(current)) {
    const { mode } = await stat(current);
    if ((mode & 0o001) === 0) return false;
    if (current === parse(current).root) return true;
  }
}
