/** What `npm start` and `npm test` say to the person at the terminal. */

const started = Date.now();

/** One line of progress with the seconds since the command began. @param {string} text */
export function step(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${text}\n`);
}

/** Prints why the command cannot go on, and ends it. @param {unknown} error @returns {never} */
export function fail(error) {
  const expected =
    error instanceof Error && ['StartError', 'EnvError', 'DatabaseSetupError'].includes(error.name);
  const text = expected
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`\nRolegate: ${text}\n`);
  process.exit(1);
}
