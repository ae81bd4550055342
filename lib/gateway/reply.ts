import type { AppError } from '@/lib/errors/app-error';
import { errorHeaders, renderOpenAIError } from '@/lib/errors/render';
import type { Call } from './call';
import { trailHeaders } from './headers';

/** What an adapter writes. A streamed body ends normally also after an error event; it never throws. */
export type GatewayReply = {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string | AsyncIterable<string>;
};

export const JSON_TYPE = 'application/json; charset=utf-8';

/** A refusal on OpenAI's wire. `call` absent: it failed before there was one. */
export function errorReply(error: AppError, call?: Call): GatewayReply {
  return {
    status: error.status,
    headers: {
      'content-type': JSON_TYPE,
      ...(call ? trailHeaders(call.id, call.trail) : {}),
      ...(error.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...errorHeaders(error),
    },
    body: JSON.stringify(renderOpenAIError(error)),
  };
}
