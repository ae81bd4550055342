import type {
  PlannedTarget,
  RoutePlan,
  RoutePlanner,
  RouteRefusal,
  RouteRequest,
} from '@/lib/gateway/ports';
import type { CandidateRecord, RouteDetail, Target } from '@/lib/gateway/types';
import type { Deny } from '@/lib/policy/decision';
import { directPlan, modelRequired } from './direct-plan';
import { BROKEN, budgetNeedsPrice, obeysBreakers, obstacle, rejection } from './eligibility';
import { type RoutingFacts, targetName } from './facts';
import { chooseByCapability } from './strategies/capability';
import type { Choice } from './strategies/choice';
import { chooseByCost } from './strategies/cost';
import { chooseByLatency, Explorer } from './strategies/latency';
import { chooseByTurn, Turns } from './strategies/round-robin';
import { chooseByWeight, WeightedRotation } from './strategies/weighted';

/**
 * Plans by the role's routing policy and appends its fallback chain. What the request or the role
 * names directly is not routed; what routing can't place goes to the role's default model.
 * @param random 0 to 1, for the latency strategy's draws
 */
export function createRoutingPlanner(
  facts: RoutingFacts,
  random: () => number = Math.random,
): RoutePlanner {
  const rotation = new WeightedRotation();
  const turns = new Turns();
  const explorer = new Explorer();

  const choose = (request: RouteRequest): Choice => {
    switch (request.policy.document.routingPolicy.strategy) {
      case 'cost':
        return chooseByCost(request, facts);
      case 'latency':
        return chooseByLatency(request, facts, explorer, random);
      case 'weighted':
        return chooseByWeight(request, facts, rotation);
      case 'round_robin':
        return chooseByTurn(request, facts, turns);
      case 'capability':
        return chooseByCapability(request, facts);
    }
  };

  const plan = (request: RouteRequest): RoutePlan | RouteRefusal => {
    if (request.choice.kind !== 'open') return direct(request, facts);
    const { enabled, strategy } = request.policy.document.routingPolicy;
    if (!enabled) return modelRequired();
    const choice = choose(request);
    const [first, ...others] = choice.ordered;
    if (!first) return byDefault(request, facts, strategy, choice);
    const chain = fallbacksOf(request, facts);
    const planned = withFallbacks([first, ...(fallsBack(request) ? others : [])], chain);
    return {
      strategy,
      reason: choice.reason,
      targets: planned,
      candidates: [...candidatesOf(choice, first, planned), ...chainRecords(chain, choice.ordered)],
      ...(choice.detail ? { detail: choice.detail } : {}),
    };
  };
  return { plan: (request) => Promise.resolve(plan(request)) };
}

function direct(request: RouteRequest, facts: RoutingFacts): RoutePlan | Deny {
  if (request.choice.kind === 'open') return modelRequired();
  const { tenant } = request.principal;
  const isBroken = (target: Target): boolean =>
    obeysBreakers(request) && facts.isBroken(tenant.id, target.connection.name);
  // A connection whose breaker is open stands behind those that can answer at once.
  const targets = [...request.choice.targets].sort(
    (a, b) => Number(isBroken(a)) - Number(isBroken(b)),
  );
  const planned = directPlan({ ...request.choice, targets });
  if ('verdict' in planned) return planned;
  const others = fallsBack(request) ? targets.slice(1) : [];
  const chain = fallbacksOf(request, facts);
  return {
    ...planned,
    targets: withFallbacks([...planned.targets, ...others], chain),
    candidates: [...planned.candidates, ...chainRecords(chain, targets)],
  };
}

function byDefault(
  request: RouteRequest,
  facts: RoutingFacts,
  strategy: string,
  { rejected, detail }: Choice,
): RoutePlan | RouteRefusal {
  const { enabled, defaultModel } = request.policy.document.modelRestrictions;
  const targets = enabled && defaultModel !== '' ? request.resolve(defaultModel) : [];
  const needsPrice = budgetNeedsPrice(request);
  const obstacles: CandidateRecord[] = [];
  const able = targets.filter((target) => {
    const reason = obstacle(request, facts, target, needsPrice);
    if (reason !== null) obstacles.push(rejection(target, reason));
    return reason === null;
  });
  const [first] = able;
  if (!first) return nobody(strategy, [...rejected, ...obstacles], detail);
  const plan = directPlan({ kind: 'default', named: defaultModel, targets: able });
  if ('verdict' in plan) return plan;
  const chain = fallbacksOf(request, facts);
  return {
    ...plan,
    reason: `no model that ${strategy} routing names can serve`,
    targets: withFallbacks([first], chain),
    candidates: [...rejected, ...obstacles, ...plan.candidates, ...chainRecords(chain, able)],
    ...(detail ? { detail } : {}),
  };
}

function nobody(
  strategy: string,
  candidates: CandidateRecord[],
  detail: RouteDetail | undefined,
): RouteRefusal {
  const broken = candidates.some((each) => each.reason === BROKEN);
  const why = candidates.map((each) => `${each.provider}/${each.model} ${each.reason}`).join('; ');
  return {
    verdict: 'deny',
    code: broken ? 'circuit_open' : 'unavailable',
    message: broken
      ? 'Every provider that this role may be routed to is failing at the moment. Try again shortly.'
      : 'No model that this role may be routed to can serve the request. Ask your administrator to connect one, or to set a default model.',
    param: null,
    reason: `${strategy}: ${why || 'no model is listed'}`,
    retryAfterSeconds: 1,
    route: { strategy, reason: 'none', candidates, ...(detail ? { detail } : {}) },
  };
}

function fallsBack({ policy }: RouteRequest): boolean {
  const { enabled, fallbackEnabled } = policy.document.resiliencePolicy;
  return enabled && fallbackEnabled;
}

type Chain = { able: PlannedTarget[]; rejected: CandidateRecord[] };

/**
 * The fallback chain's targets in order of priority, and those of it that cannot serve this request. A
 * broken one stays: its breaker decides when its turn comes, which may be after the breaker's timeout.
 */
function fallbacksOf(request: RouteRequest, facts: RoutingFacts): Chain {
  const chain: Chain = { able: [], rejected: [] };
  if (!fallsBack(request)) return chain;
  const needsPrice = budgetNeedsPrice(request);
  const entries = [...request.policy.document.resiliencePolicy.fallbackChain].sort(
    (a, b) => a.priority - b.priority,
  );
  for (const { provider, model, timeoutMs } of entries) {
    const targets = request.resolve(`${provider}/${model}`);
    if (targets.length === 0) {
      const reason = 'no enabled connection serves it, or model restrictions forbid it';
      chain.rejected.push({ provider, model, taken: false, reason });
    }
    for (const target of targets) {
      const reason = obstacle(request, facts, target, needsPrice);
      if (reason === null || reason === BROKEN) chain.able.push({ ...target, timeoutMs });
      else chain.rejected.push(rejection(target, reason));
    }
  }
  return chain;
}

/** The chain behind those chosen; one that stands there already keeps its place. */
function withFallbacks(
  chosen: readonly [PlannedTarget, ...PlannedTarget[]],
  { able }: Chain,
): [PlannedTarget, ...PlannedTarget[]] {
  const [first, ...behind] = chosen;
  const targets: [PlannedTarget, ...PlannedTarget[]] = [first, ...behind];
  const seen = new Set(targets.map(targetName));
  for (const target of able) {
    if (seen.has(targetName(target))) continue;
    seen.add(targetName(target));
    targets.push(target);
  }
  return targets;
}

/** Records of the chain's targets that the choice itself does not tell of. */
function chainRecords({ able, rejected }: Chain, told: readonly Target[]): CandidateRecord[] {
  const known = new Set(told.map(targetName));
  const fresh = able.filter((target) => !known.has(targetName(target)));
  return [...fresh.map((target) => rejection(target, 'fallback chain')), ...rejected];
}

function candidatesOf(
  choice: Choice,
  taken: Target,
  targets: readonly Target[],
): CandidateRecord[] {
  const planned = new Set(targets.map(targetName));
  const reasonOf = (target: Target): string => {
    if (target === taken) return takenBecause(choice);
    return planned.has(targetName(target)) ? 'next in order' : 'behind the one taken';
  };
  const ordered = choice.ordered.map((target) => ({
    provider: target.connection.name,
    model: target.model,
    taken: target === taken,
    reason: reasonOf(target),
  }));
  return [...ordered, ...choice.rejected];
}

function takenBecause({ reason, detail }: Choice): string {
  return detail?.score === undefined ? reason : `${reason}, complexity ${detail.score.toFixed(2)}`;
}
