/** The database cannot be used as it is; the message is one line for the operator, with the remedy and without a password. */
export class DatabaseSetupError extends Error {
  override readonly name = 'DatabaseSetupError';
}
