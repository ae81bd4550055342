import type { CachedAnswer, CacheRequest } from '@/lib/gateway/ports';
import type { Choice } from '@/lib/openai/wire';
import type { CompiledPolicy } from '@/lib/policy/compile';

/** Why an answer must not be given to anyone again, or null when it may. */
export function whyNotStored(
  { policy }: Pick<CacheRequest, 'policy'>,
  answer: CachedAnswer,
): string | null {
  const { excludesModel } = policy.cachingPolicy;
  const { choices } = answer.completion;
  if (excludesModel(modelOf(answer))) return 'the model is excluded';
  if (choices.length === 0) return 'it has no choice';
  for (const choice of choices) {
    const fault = faultOf(choice, policy);
    if (fault) return fault;
  }
  return null;
}

const WHOLE = new Set<string | null>(['stop', 'tool_calls', 'function_call']);

function faultOf(
  { message, finish_reason: finish }: Choice,
  policy: CompiledPolicy,
): string | null {
  if (!WHOLE.has(finish)) return `it ended with ${finish ?? 'nothing'}`;
  if (message.refusal) return 'the model refused';
  if (callsTools(message)) {
    return policy.cachingPolicy.policy.cacheToolCalls ? null : 'it calls tools';
  }
  return typeof message.content === 'string' && message.content !== '' ? null : 'it is empty';
}

export const callsTools = ({
  tool_calls: calls,
  function_call: call,
}: Choice['message']): boolean => (calls?.length ?? 0) > 0 || (call ?? null) !== null;

export const modelOf = ({ target }: Pick<CachedAnswer, 'target'>) => ({
  provider: target.provider,
  model: target.model,
});
