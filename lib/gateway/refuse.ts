import { AppError } from '@/lib/errors/app-error';
import { toAppError } from '@/lib/errors/render';
import type { Call } from './call';
import { errorReply, type GatewayReply } from './reply';
import { UpstreamError } from './types';
import { refusalOfUpstream } from './upstream-refusal';

/** Ends a request without an answer: closes what it opened, then says why. */
export async function refuse(call: Call, error: unknown): Promise<GatewayReply> {
  const refusal = refusalFor(call, error);
  call.ending.error ??= error;
  if (error instanceof UpstreamError) call.trail.usage ??= error.usage;
  call.trail.status = refusal.status;
  call.trail.code = refusal.code;
  await call.scope.close();
  return errorReply(refusal, call);
}

/** What the caller is told. An abort explains every failure that follows from it. */
export function refusalFor(call: Call, error: unknown): AppError {
  if (call.signal.aborted && call.signal.reason instanceof AppError) return call.signal.reason;
  if (error instanceof UpstreamError) {
    return refusalOfUpstream(error, call.trail.target?.provider ?? null);
  }
  return toAppError(error);
}
