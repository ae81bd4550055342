import 'server-only';
import type { Tx } from './client';
import { cleanText } from './json';
import { isUuid } from './uuid';

/** A console sign-in. The cookie names it, so that signing out or losing an account ends it at once. System scope. */
export type SessionRecord = { id: string; userId: string; createdAt: string; expiresAt: string };

/** Begins a session; of a user agent the first 500 characters are kept. */
export async function createSession(
  tx: Tx,
  session: { userId: string; expiresAt: Date; ip: string | null; userAgent: string | null },
): Promise<SessionRecord> {
  const userAgent = session.userAgent === null ? null : cleanText(session.userAgent).slice(0, 500);
  return recordOf(await tx.session.create({ data: { ...session, userAgent } }));
}

/** Null when unknown, signed out or expired. */
export async function findActiveSession(
  tx: Tx,
  id: string,
  now: Date = new Date(),
): Promise<SessionRecord | null> {
  if (!isUuid(id)) return null;
  const row = await tx.session.findFirst({
    where: { id, revokedAt: null, expiresAt: { gt: now } },
  });
  return row && recordOf(row);
}

/** Signs out. */
export async function revokeSession(tx: Tx, id: string): Promise<void> {
  if (isUuid(id))
    await tx.session.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
}

/** Signs out everywhere, after a change of password say. */
export async function revokeSessionsOfUser(tx: Tx, userId: string): Promise<void> {
  await tx.session.updateMany({
    where: { userId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
}

function recordOf(row: {
  id: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
}): SessionRecord {
  return {
    id: row.id,
    userId: row.userId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
