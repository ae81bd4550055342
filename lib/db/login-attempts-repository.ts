import 'server-only';
import type { Tx } from './client';
import { cleanText } from './json';
import { normalizeEmail } from './users-repository';

/** Failures within the window after which further attempts wait. An address may be shared by many people. */
export const LOGIN_LIMITS = { windowMs: 15 * 60_000, perEmail: 10, perIp: 50 } as const;

export type LoginAdmission =
  { allowed: true; attemptId: bigint } | { allowed: false; retryAfterSeconds: number };

/**
 * Asks whether a sign-in may be tried, and counts it as a failure until `recordLoginSuccess`: attempts made
 * at the same moment count too. Call it in a transaction of its own, before the password is checked. System scope.
 */
export async function admitLogin(
  tx: Tx,
  attempt: { email: string; ip: string },
  now: Date = new Date(),
): Promise<LoginAdmission> {
  const email = cleanText(normalizeEmail(attempt.email)).slice(0, 320);
  const ip = cleanText(attempt.ip).slice(0, 64);
  // Always in this order, so that two transactions cannot wait for each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`login ip ${ip}`})), pg_advisory_xact_lock(hashtext(${`login email ${email}`}))`;
  const since = new Date(now.getTime() - LOGIN_LIMITS.windowMs);
  const waits = [
    await limitingFailure(tx, 'email', email, since, LOGIN_LIMITS.perEmail),
    await limitingFailure(tx, 'ip', ip, since, LOGIN_LIMITS.perIp),
  ];
  const until = Math.max(...waits.map((at) => (at ? at.getTime() + LOGIN_LIMITS.windowMs : 0)));
  if (until > now.getTime())
    return { allowed: false, retryAfterSeconds: Math.ceil((until - now.getTime()) / 1000) };
  const row = await tx.loginAttempt.create({ data: { email, ip, at: now } });
  return { allowed: true, attemptId: row.id };
}

/** Marks an admitted attempt as a success; earlier failures of the e-mail address no longer count. */
export async function recordLoginSuccess(tx: Tx, attemptId: bigint): Promise<void> {
  await tx.loginAttempt.update({ where: { id: attemptId }, data: { succeeded: true } });
}

/** Forgets attempts that no longer count. */
export async function pruneLoginAttempts(tx: Tx, now: Date = new Date()): Promise<number> {
  const before = new Date(now.getTime() - 2 * LOGIN_LIMITS.windowMs);
  return (await tx.loginAttempt.deleteMany({ where: { at: { lt: before } } })).count;
}

/** The failure whose ageing out lets the next attempt pass, or null when one may pass now. */
async function limitingFailure(
  tx: Tx,
  by: 'email' | 'ip',
  value: string,
  since: Date,
  limit: number,
): Promise<Date | null> {
  // A success clears the failures of its e-mail address; not those of an IP address, from which many accounts can be tried.
  const success =
    by === 'email'
      ? await tx.loginAttempt.findFirst({
          where: { email: value, succeeded: true, at: { gt: since } },
          orderBy: { id: 'desc' },
        })
      : null;
  const failures = await tx.loginAttempt.findMany({
    where: { [by]: value, succeeded: false, at: { gt: since }, id: { gt: success?.id ?? 0n } },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return failures.length < limit ? null : (failures.at(-1)?.at ?? null);
}
