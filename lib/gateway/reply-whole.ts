import { restoreCompletion } from './answer-privacy';
import type { Checked } from './context';
import { trailHeaders } from './headers';
import { JSON_TYPE, type GatewayReply } from './reply';

/** A whole answer; slots are free and the receipt is queued before the client has it. */
export async function replyWhole(context: Checked): Promise<GatewayReply> {
  const { id, trail, scope, signal, answer } = context;
  if (answer.stream) throw new Error('a stream cannot be answered whole');
  signal.throwIfAborted();
  trail.status = 200;
  await scope.close();
  // What is recorded and cached has placeholders; only the caller gets the originals.
  const restored = restoreCompletion(context, answer.completion);
  const isAsItCame = restored === answer.completion && answer.raw !== undefined;
  return {
    status: 200,
    headers: {
      'content-type': JSON_TYPE,
      ...trailHeaders(id, trail),
      ...(trail.costUsd === null ? {} : { 'x-rolegate-cost-usd': trail.costUsd }),
    },
    body: isAsItCame && answer.raw ? answer.raw : JSON.stringify(restored),
  };
}
