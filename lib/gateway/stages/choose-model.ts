import type { ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '@/lib/policy/compile';
import type { Decision, Deny } from '@/lib/policy/decision';
import { checkModel, clampOutputTokens } from '@/lib/policy/model/enforce';
import type { Chosen, Requested } from '../context';
import type { ModelCatalogue, ModelChoice } from '../ports';
import { modelRequired } from '../router/direct-plan';
import type { Stage } from '../stage';
import { resolveFor } from '../permitted-targets';
import { AUTO_MODEL, splitModelName } from '../targets';
import type { Target } from '../types';

type Added = Pick<Chosen, 'choice' | 'request' | 'boundNamed'>;

/** Which model is meant, whether the role may use it, and how long its answer may get. */
export const chooseModel: Stage<Requested, Added> = (context, { catalogue }) => {
  const { policy, request } = context;
  const chosen = choose(context, catalogue);
  if ('verdict' in chosen) return chosen;
  const clamped = clampOutputTokens(policy, request);
  if (clamped.verdict === 'deny') return clamped;
  const reason = reasonOf(chosen, clamped);
  const boundNamed = (request.max_completion_tokens ?? request.max_tokens ?? null) !== null;
  const add = { choice: chosen, request, boundNamed };
  if (clamped.verdict === 'rewrite') {
    return {
      verdict: 'rewrite',
      reason,
      warnings: clamped.warnings,
      add: { ...add, request: clamped.value },
    };
  }
  return { verdict: clamped.verdict, reason, add };
};

function choose(
  { principal, policy, request }: Requested,
  catalogue: ModelCatalogue,
): ModelChoice | Deny {
  const named = request.model === AUTO_MODEL ? undefined : request.model;
  const routing = policy.routingPolicy.policy;
  if (routing.enabled && (named === undefined || !routing.allowModelOverride))
    return { kind: 'open' };
  const kind = named === undefined ? 'default' : 'explicit';
  const name = named ?? defaultModelOf(policy);
  if (name === '') return modelRequired();
  const { all, permitted } = resolveFor(principal, policy, catalogue, name);
  if (permitted.length > 0) return { kind, named: name, targets: permitted };
  return refusalOf(policy, name, all[0]);
}

/** The default model belongs to the model restrictions, so it has no effect while they are off. */
function defaultModelOf({ modelRestrictions: { policy } }: CompiledPolicy): string {
  return policy.enabled ? policy.defaultModel : '';
}

/**
 * A forbidden name is refused as forbidden whether or not anyone serves it, so that the answer does
 * not tell which models a tenant has.
 */
function refusalOf(policy: CompiledPolicy, name: string, target: Target | undefined): Deny {
  const { provider, model } = target
    ? { provider: target.connection.name, model: target.model }
    : splitModelName(name);
  const anyProvider = policy.modelRestrictions.policy.allowedProviders[0] ?? 'any';
  const decision = checkModel(policy, { provider: provider ?? anyProvider, model });
  if (decision.verdict === 'deny') return decision;
  return {
    verdict: 'deny',
    code: 'model_not_found',
    message: `No enabled connection serves the model "${name}". GET /v1/models lists the models this key may use.`,
    param: 'model',
    reason: 'no connection serves the model',
  };
}

function reasonOf(choice: ModelChoice, clamped: Decision<ChatRequest>): string {
  const subject = choice.kind === 'open' ? 'left to routing' : `${choice.kind} ${choice.named}`;
  return clamped.verdict === 'rewrite' ? `${subject}; ${clamped.reason}` : subject;
}
