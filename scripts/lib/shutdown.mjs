import { step } from './console-output.mjs';

/** Ctrl-C reaches us twice: from the terminal and from npm, which passes it on. */
const SAME_PRESS_MS = 500;
const PARENT_CHECK_MS = 250;

/**
 * Calls `stop` once, on SIGTERM, SIGINT, SIGHUP, or when the npm that started us is gone (killed
 * outright, it cannot pass anything on). A second signal ends the process at once.
 * @param {(reason: string) => void} stop
 */
export function onStopRequest(stop) {
  let firstAt = 0;
  const request = (reason) => {
    if (firstAt === 0) {
      firstAt = Date.now();
      stop(reason);
    } else if (Date.now() - firstAt > SAME_PRESS_MS) {
      step(`Second ${reason}: leaving without waiting`);
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => request(signal));
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    if (firstAt === 0) request('the end of npm');
  }, PARENT_CHECK_MS);
  watch.unref();
}
