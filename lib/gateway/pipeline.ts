import { openCall, type GatewayRequest } from './call';
import type { GatewayDeps } from './deps';
import { record } from './record';
import { refuse } from './refuse';
import type { GatewayReply } from './reply';
import { Pipeline } from './stage';
import { callUpstream } from './stages/call-upstream';
import { checkAnswer } from './stages/check-answer';
import { checkPrompt } from './stages/check-prompt';
import { checkTools } from './stages/check-tools';
import { chooseModel } from './stages/choose-model';
import { identify } from './stages/identify';
import { loadPolicy } from './stages/load-policy';
import { lookInCache } from './stages/look-in-cache';
import { planRoute } from './stages/plan-route';
import { readRequest } from './stages/read-request';
import { reserveBudget } from './stages/reserve-budget';
import { takeRateLimitSlot } from './stages/take-rate-limit-slot';
import { replyStream } from './reply-stream';
import { replyWhole } from './reply-whole';

/** Everything that is decided before a provider is called. */
export const decisions = Pipeline.start()
  .stage('authenticate', identify)
  .stage('policy', loadPolicy)
  .stage('request', readRequest, { onFault: 'internal_error' })
  .stage('model', chooseModel)
  .stage('prompt', checkPrompt)
  .stage('tools', checkTools)
  .stage('rate_limit', takeRateLimitSlot)
  .stage('budget', reserveBudget)
  .stage('cache', lookInCache)
  .stage('route', planRoute);

/**
 * A chat request's way. What a stage opens - slot, reservation, cache miss, attempt - is closed in
 * reverse order when the answer has ended, however it ended; so an answer is stored, settled and
 * recorded in that order.
 */
const chat = decisions
  .stage('execute', callUpstream, { onFault: 'internal_error' })
  .stage('answer', checkAnswer);

/** `POST /v1/chat/completions`. Never rejects: whatever happens becomes a reply. */
export async function answerChat(
  incoming: GatewayRequest,
  deps: GatewayDeps,
): Promise<GatewayReply> {
  const call = openCall(incoming, deps);
  deps.observer.started();
  call.scope.defer('record', () => record(call, deps));
  try {
    const answered = await chat.run(call, deps);
    return answered.request.stream === true ? replyStream(answered) : await replyWhole(answered);
  } catch (error) {
    return refuse(call, error);
  }
}
