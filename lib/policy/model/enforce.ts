import type { ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '../compile';
import type { Decision, Deny } from '../decision';
import type { ModelTarget } from './match';

const OFF = { verdict: 'skip', reason: 'model restrictions are off' } as const;

/**
 * Whether the role may use a model. To be asked again of whatever a later stage chooses: a routed
 * model, a fallback.
 */
export function checkModel(compiled: CompiledPolicy, target: ModelTarget): Decision {
  const { policy, allowsProvider, allowsModel } = compiled.modelRestrictions;
  if (!policy.enabled) return OFF;
  if (!allowsProvider(target.provider)) {
    return refuse(
      'provider_not_allowed',
      `This key may not use the provider ${target.provider}. GET /v1/models lists the models it may use.`,
      `provider ${target.provider} is not in allowedProviders`,
    );
  }
  if (!allowsModel(target)) {
    return refuse(
      'model_not_allowed',
      `This key may not use the model ${target.provider}/${target.model}. GET /v1/models lists the models it may use.`,
      policy.mode === 'allowlist' ? 'not in allowedModels' : 'in blockedModels',
    );
  }
  return { verdict: 'allow', reason: `${target.provider}/${target.model} is permitted` };
}

/**
 * Bounds the output a request asks for by `maxOutputTokens`. The bound is for the whole request, so
 * with `n` choices each may have an n-th of it. A request that names no bound gets one, without a
 * warning, since otherwise the limit would not bind; it is written as `max_completion_tokens`.
 */
export function clampOutputTokens(
  compiled: CompiledPolicy,
  request: ChatRequest,
): Decision<ChatRequest> {
  const { enabled, maxOutputTokens } = compiled.modelRestrictions.policy;
  if (!enabled) return OFF;
  if (maxOutputTokens === 0) return { verdict: 'allow', reason: 'no limit on output tokens' };
  const choices = request.n ?? 1;
  const perChoice = Math.floor(maxOutputTokens / choices);
  if (perChoice < 1) {
    return {
      verdict: 'deny',
      code: 'invalid_request',
      message: `n asks for ${choices} answers, but this key may have at most ${maxOutputTokens} output tokens a request. Ask for fewer.`,
      param: 'n',
      reason: `n ${choices} exceeds maxOutputTokens ${maxOutputTokens}`,
    };
  }
  return clampTo(request, perChoice, choices);
}

const LIMIT_FIELDS = ['max_tokens', 'max_completion_tokens'] as const;

function clampTo(request: ChatRequest, limit: number, choices: number): Decision<ChatRequest> {
  const asked = LIMIT_FIELDS.filter((name) => typeof request[name] === 'number');
  if (asked.length === 0) {
    const { max_tokens: _absent, ...rest } = request;
    return {
      verdict: 'rewrite',
      value: { ...rest, max_completion_tokens: limit },
      reason: `output bounded to ${limit} tokens`,
      warnings: [],
    };
  }
  const tooLarge = asked.filter((name) => (request[name] ?? 0) > limit);
  if (tooLarge.length === 0)
    return { verdict: 'allow', reason: `asks for at most ${limit} tokens` };
  const clamped = Object.fromEntries(tooLarge.map((name) => [name, limit]));
  return {
    verdict: 'rewrite',
    value: { ...request, ...clamped },
    reason: `output clamped to ${limit} tokens${choices > 1 ? ` for each of ${choices} choices` : ''}`,
    warnings: ['max_tokens_clamped'],
  };
}

function refuse(
  code: 'provider_not_allowed' | 'model_not_allowed',
  message: string,
  reason: string,
): Deny {
  return { verdict: 'deny', code, message, param: 'model', reason };
}
