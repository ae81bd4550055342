import 'server-only';
import { z } from 'zod';
import { auditPerson } from '@/lib/auth/audit';
import { passwordSchema } from '@/lib/auth/invite';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { withSystem } from '@/lib/db/client';
import { revokeSessionsOfUser } from '@/lib/db/sessions-repository';
import { setUserPassword } from '@/lib/db/users-repository';
import { AppError } from '@/lib/errors/app-error';
import { hashPassword } from '@/lib/secrets/password';
import type { Caller } from './access';

export const passwordBody = z.strictObject({
  currentPassword: z.string('Write your current password.'),
  newPassword: passwordSchema,
});

/**
 * Changes the password of the signed-in person and ends all their sessions, this one included. Wrong
 * guesses of the current one count as failed sign-ins. @throws AppError validation_failed,
 * too_many_attempts, forbidden for a token
 */
export async function changePassword(
  { actor, origin }: Caller,
  input: z.output<typeof passwordBody>,
): Promise<void> {
  if (actor.type !== 'user') {
    throw new AppError('forbidden', 'Only a person who is signed in has a password.');
  }
  const given = { email: actor.name, password: input.currentPassword };
  const verdict = await signInWithPassword(given, origin);
  if (verdict.kind === 'throttled') {
    throw new AppError('too_many_attempts', 'Too many failed attempts. Wait, then try again.', {
      retryAfterSeconds: verdict.retryAfterSeconds,
    });
  }
  if (verdict.kind === 'refused') {
    const message = 'This is not your current password.';
    throw new AppError('validation_failed', message, {
      issues: [{ path: 'currentPassword', message }],
    });
  }
  const hash = await hashPassword(input.newPassword);
  await withSystem(async (tx) => {
    await setUserPassword(tx, verdict.user.id, hash);
    await revokeSessionsOfUser(tx, verdict.user.id);
    await auditPerson(tx, verdict.user, 'user.set_password', origin, { by: 'themselves' });
  });
}
