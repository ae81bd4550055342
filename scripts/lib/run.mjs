import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { StartError } from './start-error.mjs';

/**
 * Runs a command to its end and keeps its output to itself unless it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: Record<string, string | undefined>, what: string}} options `what`: the step's name in the error
 * @throws {StartError} with the last lines the command printed
 */
export async function runQuietly(command, args, { env = {}, what }) {
  const { code, output } = await run(command, args, { env, quiet: true });
  if (code === 0) return;
  const lines = output.trim().split('\n').slice(-40).join('\n');
  throw new StartError(`${what} failed (${code}):\n${lines}`);
}

/** Children that have to end with us when a signal arrives during a long step. */
const children = new Set();

/** Ends the running steps. @param {NodeJS.Signals} signal */
export function endChildren(signal) {
  for (const child of children) child.kill(signal);
}

/**
 * Runs a command; its output goes to ours unless `quiet`. One in the `background` gets what time the others
 * leave it.
 * @returns {Promise<{code: number | string, output: string}>} exit code or signal
 */
export function run(command, args, { env = {}, quiet = false, background = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    children.add(child);
    if (background && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-1_000_000);
      });
    }
    child.once('error', (error) =>
      reject(new StartError(`${command} cannot be run: ${error.message}`)),
    );
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code: signal ?? code ?? 1, output });
    });
  });
}

/** npm as a command line: the very npm that started us where there is one. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
}
