import { AppError } from '@/lib/errors/app-error';
import type { ChatCompletion } from '@/lib/openai/wire';
import type { BodyReader } from './body';
import type { GatewayDeps } from './deps';
import { requestId } from './request-id';
import { Scope } from './scope';
import { Trail } from './trail';

/** One HTTP request as either plane hands it over. */
export type GatewayRequest = {
  method: string;
  /** Path without query, as the client sees it: `/v1/chat/completions`. */
  path: string;
  /** Looks up a request header by its lower-case name. */
  header(name: string): string | undefined;
  readBody: BodyReader;
  /**
   * Calls `leave` when the client's connection goes before the answer is complete; at once if it has
   * gone. A callback, because every AbortSignal costs as much as a stage of the pipeline.
   */
  onDisconnect(leave: () => void): void;
  remoteAddress: string | null;
};

/** What every stage finds: the request, what is known of it so far, what it has opened, and when to stop. */
export type Call = {
  readonly id: string;
  readonly incoming: GatewayRequest;
  readonly trail: Trail;
  readonly scope: Scope;
  /** Aborted with an AppError that says why: client gone, deadline passed. */
  readonly signal: AbortSignal;
  /** Calls everything off that is still under way for this request. */
  abort(reason: AppError): void;
  /** When the request came: the deps' clock for the receipt, a monotonic one for durations. Milliseconds. */
  readonly at: number;
  readonly startedMs: number;
  readonly ending: Ending;
  /** The request is only being judged, not answered. */
  readonly dryRun: boolean;
};

/** How the request ended, for whatever closes what it opened. */
export type Ending = {
  /** Why the answer is not whole: what broke off or was called off. Undefined when it is whole. */
  error: unknown;
  /** The answer as the upstream gave it, placeholders and all, when others may be answered with it too. */
  keep: ChatCompletion | null;
};

/** Starts the deadline and listens for the client; both end with the scope. */
export function openCall(incoming: GatewayRequest, deps: GatewayDeps, dryRun = false): Call {
  const at = deps.clock.now();
  const id = requestId(at);
  const scope = new Scope((name, error) => {
    deps.log.error(
      { err: error, requestId: id, closer: name },
      'a request could not be closed cleanly',
    );
  });
  const controller = new AbortController();
  let isOpen = true;
  incoming.onDisconnect(() => {
    if (isOpen) controller.abort(clientGone());
  });
  const deadline = setTimeout(
    () => controller.abort(deadlinePassed(deps.deadlineMs)),
    deps.deadlineMs,
  );
  scope.defer('deadline', () => {
    clearTimeout(deadline);
    isOpen = false;
  });
  return {
    id,
    incoming,
    trail: new Trail(),
    scope,
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    at,
    startedMs: performance.now(),
    ending: { error: undefined, keep: null },
    dryRun,
  };
}

/** The caller hung up; nobody is there to read this, but the receipt says it. */
export function clientGone(): AppError {
  return new AppError(
    'client_closed_request',
    'The client closed the connection before the answer was complete.',
  );
}

function deadlinePassed(deadlineMs: number): AppError {
  return new AppError(
    'upstream_timeout',
    `The request took longer than ${deadlineMs / 1000} s, all attempts included. Ask for a shorter answer or stream it.`,
  );
}
