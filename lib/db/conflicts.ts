import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import { Prisma } from './generated/client';

/** True for an error by which PostgreSQL refused a second row of a unique value. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/**
 * Awaits a write and says a taken name as the API does.
 * @throws AppError conflict (409) naming `path`; every other error as it is
 */
export async function refuseTaken<T>(path: string, message: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', message, { issues: [{ path, message }], cause: error });
  }
}
