import type { PasswordCost } from '@/lib/secrets/password-cost';

/** Stands in for the product's cost in unit tests, which sign in by the hundred; it protects nothing. */
export const PASSWORD_COST: PasswordCost = { ln: 4, r: 8, p: 1 };
