import { countRequestTokens } from '@/lib/gateway/tokens';
import type { CacheRequest } from '@/lib/gateway/ports';
import { AUTO_MODEL } from '@/lib/gateway/targets';
import { checkModel } from '@/lib/policy/model/enforce';
import { checkPrompt } from '@/lib/policy/prompt/enforce';
import { checkCompletionTools } from '@/lib/policy/tool/enforce-answer';
import { decodeAnswer, type CacheEntry } from './entry';
import { modelOf, whyNotStored } from './storable';

const tools = { countTokens: countRequestTokens };

/**
 * Whether the policy of now lets an entry of then be given. Guards may have been switched on since:
 * model lists, tools, patterns and the checks of prompts are asked again, of the entry itself.
 */
export function isUsable(asked: CacheRequest, entry: CacheEntry): boolean {
  const { policy, principal } = asked;
  const model = modelOf(entry);
  const isConnected = principal.connections.some(
    ({ name, kind }) => name === entry.target.provider && kind === entry.target.kind,
  );
  if (!isConnected || checkModel(policy, model).verdict === 'deny') return false;
  if (!isChosenStill(asked, entry)) return false;
  const answer = decodeAnswer(entry);
  if (whyNotStored(asked, answer) !== null) return false;
  if (!isUnaltered(checkCompletionTools(policy, answer.completion).verdict)) return false;
  // An entry that only the same request finds: that request has just been checked.
  if (entry.vector === null) return true;
  if (policy.cachingPolicy.excludedPatterns.firstMatch(entry.question) >= 0) return false;
  const question = { messages: [{ role: 'user' as const, content: entry.question }] };
  return isUnaltered(checkPrompt(policy, question, tools).verdict);
}

/**
 * Whether a model that nothing but its name or the fallback chain chooses would be chosen today. What
 * routing chooses is found only under the routing that chose it.
 */
function isChosenStill({ policy, request }: CacheRequest, { target }: CacheEntry): boolean {
  const isNamed = request.model !== undefined && request.model !== AUTO_MODEL;
  const routing = policy.routingPolicy.policy;
  if (routing.enabled && !(isNamed && routing.allowModelOverride)) return true;
  const name = isNamed ? request.model : policy.modelRestrictions.policy.defaultModel;
  if (name === target.model || name === `${target.provider}/${target.model}`) return true;
  const { enabled, fallbackEnabled, fallbackChain } = policy.resiliencePolicy.policy;
  return (
    enabled &&
    fallbackEnabled &&
    fallbackChain.some(
      ({ provider, model }) => provider === target.provider && model === target.model,
    )
  );
}

const isUnaltered = (verdict: string): boolean => verdict === 'allow' || verdict === 'skip';
