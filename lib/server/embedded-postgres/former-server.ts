import 'server-only';
import { execFile } from 'node:child_process';
import { readFile, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Log } from '@/lib/log';
import { isAlive } from '@/scripts/lib/process-alive.mjs';

const FAST_SHUTDOWN_MS = 4_000;
const IMMEDIATE_SHUTDOWN_MS = 3_000;

async function recordedPid(pidFile: string): Promise<number | undefined> {
  try {
    const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Errors of looking at a process that has just gone, or that belongs to somebody else. */
const OUT_OF_SIGHT = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'];

async function worksIn(pid: string, directory: { dev: number; ino: number }): Promise<boolean> {
  try {
    const cwd = await stat(`/proc/${pid}/cwd`);
    return cwd.dev === directory.dev && cwd.ino === directory.ino;
  } catch (error) {
    if (OUT_OF_SIGHT.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/**
 * PostgreSQL processes of this cluster: the postmaster and, should that have been killed alone, the
 * sessions that outlived it. Every one of them works in the data directory, which Linux shows and
 * which no stranger with a recycled number does; elsewhere the command's name has to do.
 */
async function clusterProcesses(
  clusterDir: string,
  recorded: number | undefined,
): Promise<number[]> {
  if (process.platform !== 'linux') {
    if (recorded === undefined || !isAlive(recorded)) return [];
    const { stdout } = await promisify(execFile)('ps', [
      '-o',
      'pid=,command=',
      '-p',
      String(recorded),
    ]);
    return stdout.includes('postgres') ? [recorded] : [];
  }
  const directory = await stat(clusterDir);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => worksIn(pid, directory)));
  return pids.filter((_, index) => found[index]).map(Number);
}

async function ended(pids: number[], milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await delay(20)) {
    if (!pids.some(isAlive)) return true;
  }
  return !pids.some(isAlive);
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids.filter(isAlive)) process.kill(pid, name);
}

/**
 * Ends a PostgreSQL that outlived the process which started it (kill -9), so that the cluster can be
 * opened anew. Stopping is safer than adopting it: transactions the dead process left open end, and
 * settings, binaries and the log pipe are those of this start. A stale postmaster.pid is removed:
 * PostgreSQL would refuse to start where its number now belongs to a stranger or a zombie.
 * @throws Error naming the process that does not stop
 */
export async function endFormerServer(clusterDir: string, log: Log): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const recorded = await recordedPid(pidFile);
  const processes = await clusterProcesses(clusterDir, recorded);
  if (processes.length > 0) {
    log.warn({ pids: processes }, 'stopping the PostgreSQL that a former run left behind');
    signal(
      recorded !== undefined && processes.includes(recorded) ? [recorded] : processes,
      'SIGINT',
    );
    if (!(await ended(processes, FAST_SHUTDOWN_MS))) {
      signal(processes, 'SIGQUIT');
      if (!(await ended(processes, IMMEDIATE_SHUTDOWN_MS))) {
        const remaining = processes.filter(isAlive).join(', ');
        throw new Error(
          `a PostgreSQL of a former run (process ${remaining}) does not stop: end it, then start again`,
        );
      }
    }
  }
  await unlink(pidFile).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
