import type { RouteRequest } from '@/lib/gateway/ports';
import type { CandidateRecord, Target } from '@/lib/gateway/types';
import { hasImage } from './complexity';
import { type RoutingFacts, targetName } from './facts';

/** Targets that may answer, and for every other one why not. */
export type Pool = { eligible: Target[]; rejected: CandidateRecord[] };

/**
 * Sorts what a strategy names into targets that can serve the request and targets that can't: not
 * permitted or not connected, broken, without a price that a budget needs, or lacking a capability.
 * @param names `provider/model` or bare names, best first; repeats are dropped
 */
export function eligibleTargets(
  request: RouteRequest,
  facts: RoutingFacts,
  names: readonly string[],
  needsPrice = budgetNeedsPrice(request),
): Pool {
  const pool: Pool = { eligible: [], rejected: [] };
  const seen = new Set<string>();
  for (const name of names) {
    const targets = request.resolve(name);
    if (targets.length === 0) {
      pool.rejected.push(unreachable(name));
      continue;
    }
    for (const target of targets) {
      const key = targetName(target);
      if (seen.has(key)) continue;
      seen.add(key);
      const reason = obstacle(request, facts, target, needsPrice);
      if (reason === null) pool.eligible.push(target);
      else pool.rejected.push(rejection(target, reason));
    }
  }
  return pool;
}

export const BROKEN = 'circuit breaker is open';

/** A role without breakers neither trips one nor heeds what others have tripped. */
export function obeysBreakers({ policy }: Pick<RouteRequest, 'policy'>): boolean {
  const { enabled, circuitBreakerEnabled } = policy.document.resiliencePolicy;
  return enabled && circuitBreakerEnabled;
}

/** Why a target can't take this request, or null. */
export function obstacle(
  request: RouteRequest,
  facts: RoutingFacts,
  target: Target,
  needsPrice: boolean,
): string | null {
  const { name: provider, kind } = target.connection;
  const { tenant, prices } = request.principal;
  if (obeysBreakers(request) && facts.isBroken(tenant.id, provider)) return BROKEN;
  if (
    needsPrice &&
    prices.worstCaseOf({ provider, kind, model: target.model }, request.tokens) === null
  ) {
    return 'has no price';
  }
  const model = facts.model(kind, target.model);
  const tokens = request.tokens.input;
  if (model.contextWindow !== null && tokens > model.contextWindow) {
    return `context window of ${model.contextWindow} tokens is too small`;
  }
  if (model.vision === false && request.request.messages.some(hasImage))
    return 'does not take images';
  if (model.tools === false && offersTools(request)) return 'does not call tools';
  if (model.jsonSchema === false && request.request.response_format?.type === 'json_schema')
    return 'does not keep to a JSON schema';
  return null;
}

/** Under a budget that refuses, a call whose price nobody knows can't be let through. */
export function budgetNeedsPrice(request: RouteRequest): boolean {
  const budget = request.policy.document.budgetPolicy;
  return budget.enabled && (budget.onExceeded === 'block' || budget.maxCostPerRequest > 0);
}

/** A candidate that was not taken, and in a phrase why. */
export function rejection(target: Target, reason: string): CandidateRecord {
  return { provider: target.connection.name, model: target.model, taken: false, reason };
}

function unreachable(name: string): CandidateRecord {
  const slash = name.indexOf('/');
  return {
    provider: slash > 0 ? name.slice(0, slash) : '',
    model: slash > 0 ? name.slice(slash + 1) : name,
    taken: false,
    reason: 'no enabled connection serves it, or model restrictions forbid it',
  };
}

function offersTools(request: RouteRequest): boolean {
  return (request.request.tools?.length ?? 0) > 0 || (request.request.functions?.length ?? 0) > 0;
}
