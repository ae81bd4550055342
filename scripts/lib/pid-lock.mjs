import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, processStatus } from './process-alive.mjs';

const HEARTBEAT_MS = 2_000;
const FOREIGN_HOST_SILENCE_MS = 6_000;

/** Raised when a living process holds the lock. */
export class LockedError extends Error {
  name = 'LockedError';
  /** @param {{pid: number, host: string}} holder */
  constructor(holder) {
    super(
      holder.host === hostname()
        ? `held by process ${holder.pid}`
        : `held by process ${holder.pid} on host ${holder.host}`,
    );
    this.pid = holder.pid;
    this.host = holder.host;
  }
}

/** @param {string} file */
function readHolder(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const { pid, host, startedAt } = JSON.parse(text);
    return { pid: Number(pid), host: String(host), startedAt: String(startedAt), text };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    // A file cut short by a crash: nobody holds it.
    if (error instanceof SyntaxError)
      return { pid: 0, host: hostname(), startedAt: '', text: undefined };
    throw error;
  }
}

/**
 * Whether the process that wrote the lock is still that process: numbers are recycled, and in a
 * restarted container even by ourselves. Another host's processes cannot be looked at (a volume
 * moved to a new container), so there the lock file's heartbeat counts.
 */
async function isHeld(file, holder) {
  if (holder.pid <= 0) return false;
  if (holder.host === hostname()) {
    if (!isAlive(holder.pid)) return false;
    const startedAt = processStatus(holder.pid)?.startedAt ?? '';
    if (startedAt && holder.startedAt) return startedAt === holder.startedAt;
    return holder.pid !== process.pid;
  }
  const beat = () => {
    try {
      return statSync(file).mtimeMs;
    } catch (error) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const before = beat();
  await delay(FOREIGN_HOST_SILENCE_MS);
  const after = beat();
  return after !== undefined && after !== before;
}

/**
 * Takes a lock that belongs to this process until it is released or the process ends, however it
 * ends: a lock whose holder is gone is taken over. Created by hard link, so it is there whole or not.
 * @param {string} file path of the lock file; its directory is made (mode 0700) if absent
 * @returns {Promise<{release(): void}>}
 * @throws {LockedError} naming the holder
 */
export async function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const startedAt = processStatus(process.pid)?.startedAt ?? '';
  const own = `${JSON.stringify({ pid: process.pid, host: hostname(), startedAt })}\n`;
  const candidate = `${file}.${process.pid}`;
  writeFileSync(candidate, own, { mode: 0o600 });
  try {
    while (!tryLink(candidate, file)) {
      const holder = readHolder(file);
      if (!holder) continue;
      if (await isHeld(file, holder)) throw new LockedError(holder);
      discardStale(file, holder);
    }
  } finally {
    rmSync(candidate, { force: true });
  }
  return heldLock(file, own);
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the stale lock away; should another start have replaced it meanwhile, its lock goes back. */
function discardStale(file, holder) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved?.text !== holder.text) tryLink(aside, file);
  unlinkSync(aside);
}

function heldLock(file, own) {
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch (error) {
      // Somebody removed the data directory under us; the database will say so more clearly.
      if (error.code !== 'ENOENT') throw error;
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      if (readHolder(file)?.text === own) rmSync(file, { force: true });
    },
  };
}
