import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderBanner } from './lib/banner.mjs';
import { fail, step } from './lib/console-output.mjs';
import { assertPortFree, listenForConsole } from './lib/console-server.mjs';
import { LockedError, takeLock } from './lib/pid-lock.mjs';
import { checkNode, prepare } from './lib/prepare.mjs';
import { endChildren } from './lib/run.mjs';
import { onStopRequest } from './lib/shutdown.mjs';
import { StartError } from './lib/start-error.mjs';

/**
 * `npm start` and `npm run dev`: from a bare clone to a running gateway. Plain JavaScript without
 * dependencies up to the point where they are installed. The order matters: whatever can be refused
 * (Node, a second start, a taken port) is refused before the minutes of a first build.
 */

const DRAIN_MS = 30_000;
const dev = process.argv.includes('--dev');
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
process.env.NODE_ENV = dev ? 'development' : 'production';
// Exiting is ours: Next would leave at once on SIGTERM and lose what is not flushed.
process.env.NEXT_MANUAL_SIG_HANDLE = '1';
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** What there is to undo, in reverse order, when the start fails or the process is asked to stop. */
const state = { lock: undefined, server: undefined, boot: undefined, stopping: false };

/** As Next does, before anything reads a variable; what is set already wins. */
function loadEnvFiles() {
  const mode = dev ? 'development' : 'production';
  for (const name of [`.env.${mode}.local`, '.env.local', `.env.${mode}`, '.env']) {
    if (existsSync(name)) process.loadEnvFile(name);
  }
}

/** A variable before lib/env.ts can be loaded; an invalid one is reported by that, later. */
function early(name, fallback) {
  return process.env[name]?.trim() || fallback;
}

async function takeDataDir() {
  const dataDir = resolve(early('ROLEGATE_DATA_DIR', '.rolegate'));
  try {
    return await takeLock(join(dataDir, 'rolegate.pid'));
  } catch (error) {
    if (error instanceof LockedError) {
      throw new StartError(
        `another Rolegate (process ${error.pid}) is using ${dataDir}: stop it, or set ROLEGATE_DATA_DIR, PORT and GATEWAY_PORT`,
      );
    }
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(error.code)) {
      throw new StartError(
        `${dataDir} cannot be written (${error.code}): set ROLEGATE_DATA_DIR to a directory of yours`,
      );
    }
    throw error;
  }
}

async function assertPortsFree(host) {
  for (const [name, fallback] of [
    ['PORT', '3000'],
    ['GATEWAY_PORT', '4000'],
  ]) {
    const port = Number(early(name, fallback));
    if (Number.isInteger(port) && port > 0 && port < 65_536) await assertPortFree(name, port, host);
  }
}

async function main() {
  checkNode(root);
  loadEnvFiles();
  const host = early('HOST', '127.0.0.1');
  state.lock = await takeDataDir();
  await assertPortsFree(host);
  await prepare(root, { build: !dev });

  step('Starting …');
  const port = Number(early('PORT', '3000'));
  const validPort = Number.isInteger(port) && port >= 0 && port < 65_536;
  if (validPort) {
    state.server = await listenForConsole({ port, host });
    process.env.PORT = String(state.server.port);
  }
  const { banner } = await startNext(host);
  process.stdout.write(renderBanner(banner));
}

/**
 * Runs Next in this process; its instrumentation boots database, gateway plane and background work.
 * Next does not wait for that in prepare(), so boot() reports back through a global.
 */
async function startNext(host) {
  const booted = new Promise((resolve, reject) => {
    globalThis.__rolegateStart = {
      step,
      fatal: (reason) => void stop(reason, 1),
      booted: resolve,
      failed: reject,
    };
  });
  const require = createRequire(join(root, 'package.json'));
  const next = require('next');
  const app = next({ dev, dir: root, hostname: host, port: Number(process.env.PORT) });
  await app.prepare();
  state.boot = await booted;
  state.server.attach({ handle: app.getRequestHandler(), upgrade: app.getUpgradeHandler() });
  return state.boot;
}

async function stop(reason, exitCode = 0) {
  if (state.stopping) return;
  state.stopping = true;
  step(`Stopping (${reason}): finishing what is in flight, at most ${DRAIN_MS / 1000} s …`);
  endChildren('SIGTERM');
  try {
    // Requests that arrived before the start was complete have nobody to answer them.
    const closeConsole = async () => state.server?.drain(dev || !state.boot ? 0 : DRAIN_MS);
    if (state.boot) await state.boot.drain(closeConsole, DRAIN_MS);
    else await closeConsole();
    state.lock?.release();
    step('Stopped.');
    process.exit(exitCode);
  } catch (error) {
    state.lock?.release();
    fail(error);
  }
}

onStopRequest((reason) => void stop(reason));
process.on('uncaughtException', (error) => {
  process.stderr.write(`Rolegate: ${error?.stack ?? error}\n`);
  void stop('an unexpected error', 1);
});

main().catch((error) => {
  if (state.stopping) return;
  state.lock?.release();
  fail(error);
});
