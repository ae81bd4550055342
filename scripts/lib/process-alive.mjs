import { readFileSync } from 'node:fs';

// Plain JavaScript, because scripts/start.mjs needs it before anything is installed.

/**
 * Whether a process of this id runs (also one that belongs to somebody else). A zombie does not:
 * in a container whose first process reaps nobody, the dead keep their numbers.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || processStatus(pid)?.state !== 'Z';
}

/**
 * Linux's view of a process: its state letter and its start time (clock ticks since boot), which
 * tells two holders of one number apart. `undefined` elsewhere, or when it has gone.
 * @param {number} pid
 */
export function processStatus(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return undefined;
    throw error;
  }
}
