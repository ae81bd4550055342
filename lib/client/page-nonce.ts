import { setNonce } from 'get-nonce';

/**
 * Gives the nonce of the document to the library that locks scrolling below dialogs, which writes a
 * style sheet of its own. In the browser only: on the server one module serves many pages.
 * @returns the nonce
 */
export function adoptNonce(nonce: string | undefined): string | undefined {
  if (typeof document !== 'undefined' && nonce) setNonce(nonce);
  return nonce;
}
