import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import { Prisma } from './generated/client';

/** SQLSTATEs of a value that a column cannot hold: characters, numbers and times out of its range, malformed ones. */
const UNSTORABLE = ['22003', '22007', '22008', '22021', '22P02', '22P05'];
/** Prisma's codes and adapter kinds of a database that is away or overloaded. */
const AWAY_CODES = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'];
const AWAY_KINDS = [
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
];
/** SQLSTATE classes and codes of the same: connection exception, shutdown, too many connections, database taken away. */
const AWAY_STATES = /^(08...|57P0.|53300|55000)$/;

/**
 * What the API should say of an error that a query ended with: a value nobody checked is the client's fault, a database
 * that is away asks to try again. Everything else comes back as it is.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const cause = adapterCause(error);
  const state =
    stringAt(cause, 'originalCode') ?? stringAt(cause, 'code') ?? stringAt(error, 'code') ?? '';
  const code = error instanceof Prisma.PrismaClientKnownRequestError ? error.code : '';
  if (UNSTORABLE.includes(state)) {
    return new AppError(
      'validation_failed',
      'A value cannot be stored: it holds characters or numbers out of range.',
      { cause: error },
    );
  }
  if (code === 'P2003') {
    return new AppError(
      'conflict',
      'What this refers to does not exist any more: read it again and retry.',
      { cause: error },
    );
  }
  const away =
    AWAY_CODES.includes(code) ||
    AWAY_KINDS.includes(stringAt(cause, 'kind') ?? '') ||
    AWAY_STATES.test(state) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'].includes(state);
  if (!away) return error;
  return new AppError(
    'unavailable',
    'The database cannot be reached at the moment. Try again shortly.',
    { retryAfterSeconds: 1, cause: error },
  );
}

/** The driver adapter's description of an error: Prisma puts it into `meta`, or throws it as it is. */
function adapterCause(error: unknown): unknown {
  if (error instanceof Prisma.PrismaClientKnownRequestError)
    return at(at(error.meta, 'driverAdapterError'), 'cause');
  return at(error, 'cause');
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function stringAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === 'string' ? found : undefined;
}
