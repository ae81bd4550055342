/** An error whose message is all the user needs: printed as one line, without a stack. */
export class StartError extends Error {
  name = 'StartError';
}
