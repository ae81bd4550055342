import type { ModelTarget } from '@/lib/policy/model/match';
import { denyOf, isUnlimited } from '@/lib/policy/rate-limit/enforce';
import { planRateLimits, type RateLimitPlan } from '@/lib/policy/rate-limit/plan';
import type { Grant } from '@/lib/policy/rate-limit/store';
import type { Deny } from '@/lib/policy/decision';
import type { Chosen, Limited } from '../context';
import type { Pass, Stage } from '../stage';
import { PerPrincipal } from '../per-principal';
import { estimateRequestTokens, namedOutputBound, outputBound } from '../tokens';
import type { Target } from '../types';

type Added = Pick<Limited, 'tokens' | 'admit'>;

/**
 * Takes one request and the estimated tokens from every window, and a slot among the concurrent
 * requests. Charged is the prompt as estimated and the answer as bounded by the request; the end of
 * the request puts what was really used in their place.
 */
export const takeRateLimitSlot: Stage<Chosen, Added> = async (context, deps) => {
  const { choice, request, scope, trail, boundNamed } = context;
  const tokens = { input: estimateRequestTokens(request), output: outputBound(request) };
  const first = choice.kind === 'open' ? undefined : choice.targets[0];
  const plan = planFor(context, first ?? null);
  // A model that is still open may bring limits of its own.
  const mayGrow =
    context.policy.rateLimitPolicy.policy.enabled &&
    context.policy.rateLimitPolicy.perModel.length > 0;
  if (isUnlimited(plan) && !mayGrow) return unlimited(tokens);
  const charged = tokens.input + (boundNamed ? namedOutputBound(request) : 0);
  const grant = await deps.rateLimits.acquire(plan, { requests: 1, tokens: charged });
  trail.rateLimits = grant.status;
  if (!grant.granted) return denyOf(grant);
  scope.defer('rate_limit', () => giveBack(context, grant, tokens.input));
  return {
    verdict: 'allow',
    reason: `${plan.windows.length} windows, ${charged} tokens`,
    add: { tokens, admit: admission(context, grant, first, mayGrow) },
  };
};

function unlimited(tokens: Added['tokens']): Pass<Added> {
  return {
    verdict: 'skip',
    reason: 'nothing is limited',
    add: { tokens, admit: () => Promise.resolve(null) },
  };
}

/** Takes the windows of a target's own limits before it is called, unless they are held already. */
function admission(context: Chosen, grant: Grant, first: Target | undefined, mayGrow: boolean) {
  let held = first;
  return async (target: Target): Promise<Deny | null> => {
    const isHeld = held && held.connection === target.connection && held.model === target.model;
    if (isHeld || !mayGrow) return null;
    const refusal = await grant.extend(planFor(context, target));
    context.trail.rateLimits = refusal ? refusal.status : grant.status;
    if (refusal) return denyOf(refusal);
    held = target;
    return null;
  };
}

/** A request that no provider was asked for consumes nothing, unless the cache has answered it. */
async function giveBack({ trail }: Chosen, grant: Grant, inputTokens: number): Promise<void> {
  const isRefused = trail.attempts.length === 0 && trail.status >= 400;
  if (isRefused) return grant.cancel();
  await grant.settle(tokensUsed({ trail }, inputTokens));
  await grant.release();
}

/** Without usage the prompt may still have been read, unless the provider refused it. */
function tokensUsed({ trail }: Pick<Chosen, 'trail'>, inputTokens: number): number {
  if (trail.attempts.length === 0) return 0;
  if (trail.usage) return trail.usage.inputTokens + trail.usage.outputTokens;
  return trail.attempts.some((attempt) => attempt.status === null) ? inputTokens : 0;
}

const plans = new PerPrincipal<RateLimitPlan>();

function planFor({ policy, principal }: Chosen, target: Target | null): RateLimitPlan {
  const { tenant, role, key } = principal;
  const own = policy.rateLimitPolicy.perModel.length > 0 ? target : null;
  return plans.get(principal, own ? `${own.connection.name}/${own.model}` : '', () =>
    planRateLimits(policy, {
      tenantId: tenant.id,
      roleId: role.id,
      keyId: key.id,
      target: own && modelTarget(own),
    }),
  );
}

const modelTarget = ({ connection, model }: Target): ModelTarget => ({
  provider: connection.name,
  model,
});
