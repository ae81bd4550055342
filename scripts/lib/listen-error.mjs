import { StartError } from './start-error.mjs';

/**
 * @param {NodeJS.ErrnoException} error of `listen()`
 * @param {string} variable the environment variable that gave the port
 * @returns {Error} the same in one line that names the variable to change
 */
export function listenError(error, variable, port, host) {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `port ${port} on ${host} is taken: stop what uses it, or set ${variable} to another port`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartError(`port ${port} needs privileges: set ${variable} to a port above 1023`);
  }
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code)) {
    return new StartError(`HOST ${host} is not an address of this machine`);
  }
  return error;
}
