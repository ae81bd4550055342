/** A connection that was refused by rule before a byte was sent. `message` is safe to show. */
export class ForbiddenTargetError extends Error {
  readonly code = 'ERR_FORBIDDEN_TARGET';

  constructor(message: string) {
    super(message);
    this.name = 'ForbiddenTargetError';
  }
}
