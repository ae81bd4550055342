import { AppError } from '@/lib/errors/app-error';
import { Reply } from './route';

/** An answer of something that has versions, with its ETag. */
export function withEtag<T extends { version: number }>(view: T): Reply<T> {
  return new Reply(view, { headers: { etag: `"${view.version}"` } });
}

/**
 * The version of If-Match; null for `*`, whatever is current.
 * @throws AppError precondition_required when the header is absent; version_conflict for what no ETag of ours is
 */
export function requireVersion(request: Request): number | null {
  if (request.headers.get('if-match') === null) {
    throw new AppError(
      'precondition_required',
      'Send If-Match with the ETag of the version your change was made on, as GET answers it.',
    );
  }
  return optionalVersion(request);
}

/** As `requireVersion`, and null when the header is absent. */
export function optionalVersion(request: Request): number | null {
  const header = request.headers.get('if-match')?.trim();
  if (header === undefined || header === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$|^(\d{1,9})$/.exec(header);
  // Any other tag matches no version, which is what 412 says. The store knows the current one.
  return version ? Number(version[1] ?? version[2]) : NO_VERSION;
}

/** Versions begin at 1. */
const NO_VERSION = 0;
