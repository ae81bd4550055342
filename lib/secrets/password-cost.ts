/** scrypt's parameters: memory is 128 · 2^ln · r bytes, `p` is how often it is gone through. */
export type PasswordCost = { ln: number; r: number; p: number };

/**
 * What a password of the product costs to try: one of OWASP's equivalent minimums, the one with 32 MiB a
 * call, since sign-ins that come at once must not exhaust the gateway's memory.
 */
export const PASSWORD_COST: PasswordCost = { ln: 15, r: 8, p: 3 };
