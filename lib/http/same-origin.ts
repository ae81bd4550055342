import { env } from '@/lib/env';
import { AppError } from '@/lib/errors/app-error';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a state change that another site's page makes with the user's cookie. Browsers say where a
 * request comes from in `sec-fetch-site` or `origin`; a client that says neither is no browser, and a
 * page cannot make a browser leave out both.
 * @throws AppError forbidden
 */
export function requireSameOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method) || isSameOrigin(request)) return;
  throw new AppError(
    'forbidden',
    'This change came from another site and was refused. Make it in the console, or use an admin token.',
  );
}

function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.headers.get('host') || host === new URL(env().NEXTAUTH_URL).host;
}
