import {
  Agent,
  fetch as undiciFetch,
  type Dispatcher,
  type RequestInit,
  type Response,
} from 'undici';
import { parseAllowedHosts } from './allowed-hosts';
import { checkUrl, type UrlVerdict } from './check-url';
import { ForbiddenTargetError } from './forbidden-target-error';
import { guardedConnector, type Resolver } from './guarded-connector';

export type GuardedFetchOptions = {
  /** Entries of ROLEGATE_ALLOWED_HOSTS. */
  allowedHosts?: readonly string[];
  /** How names become addresses; the system's resolver by default. */
  lookup?: Resolver;
};

/** The one way out: pooled connections that reach public hosts and the operator's allowed ones only. */
export type GuardedFetch = {
  /**
   * `fetch` that follows no redirect. Throws ForbiddenTargetError when the URL, an address it resolves
   * to, or a redirect is not permitted; nothing has been sent then.
   */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** For `undici.request`, which costs less than fetch. Redirects come back as their 3xx status. */
  dispatcher: Dispatcher;
  /** What can be said of a URL before connecting; for validation at save time. */
  checkUrl(url: string): UrlVerdict;
  /** Waits for requests in flight, then closes all connections. */
  close(): Promise<void>;
};

/**
 * Builds the agent once for the process: HTTP/1.1 with keep-alive, no retries and no timeouts of its
 * own (those of an attempt belong to the caller's signal).
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const allowed = parseAllowedHosts(options.allowedHosts ?? []);
  const dispatcher = new Agent({
    connect: guardedConnector(allowed, options.lookup),
    keepAliveTimeout: 15_000,
    keepAliveMaxTimeout: 300_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
  return {
    dispatcher,
    checkUrl: (url) => checkUrl(url, allowed),
    async fetch(url, init = {}) {
      const verdict = checkUrl(url, allowed);
      if (!verdict.ok) throw new ForbiddenTargetError(`the URL ${verdict.message}`);
      const response = await undiciFetch(verdict.url, {
        ...init,
        redirect: 'manual',
        dispatcher,
      }).catch((error: unknown) => {
        throw forbiddenCause(error) ?? error;
      });
      if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
        await response.body?.cancel();
        throw new ForbiddenTargetError(
          'the server answered with a redirect, which is not followed',
        );
      }
      return response;
    },
    close: () => dispatcher.close(),
  };
}

/** The ForbiddenTargetError inside undici's `fetch failed`, if that is what it was. */
export function forbiddenCause(error: unknown): ForbiddenTargetError | null {
  if (error instanceof ForbiddenTargetError) return error;
  return error instanceof Error && error.cause !== undefined ? forbiddenCause(error.cause) : null;
}
