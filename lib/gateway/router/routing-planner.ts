import type { RouteRequest, RoutePlan, RoutePlanner, PlannedTarget } from '@/lib/gateway/ports';
import type { CandidateRecord, Target } from '@/lib/gateway/types';
import type { Deny } from '@/lib/policy/decision';
import { directPlan, modelRequired } from './direct-planner';
import { budgetNeedsPrice, obstacle, rejection } from './eligibility';
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

  const plan = (request: RouteRequest): RoutePlan | Deny => {
    if (request.choice.kind !== 'open') return direct(request, facts);
    if (!request.policy.document.routingPolicy.enabled) return unrouted(request);
    const { strategy } = request.policy.document.routingPolicy;
    const choice = choose(request);
    const [first, ...others] = choice.ordered;
    if (!first) return byDefault(request, facts, strategy, choice.rejected);
    const behind = fallsBack(request) ? others : [];
    const targets = withFallbacks(request, [first, ...behind]);
    return {
      strategy,
      reason: choice.reason,
      targets,
      candidates: candidatesOf(choice, first, targets),
    };
  };
  return { plan: (request) => Promise.resolve(plan(request)) };
}

function direct(request: RouteRequest, facts: RoutingFacts): RoutePlan | Deny {
  if (request.choice.kind === 'open') return modelRequired();
  const { tenant } = request.principal;
  // A connection whose breaker is open stands behind those that can answer at once.
  const targets = [...request.choice.targets].sort(
    (a, b) =>
      Number(facts.isBroken(tenant.id, a.connection.name)) -
      Number(facts.isBroken(tenant.id, b.connection.name)),
  );
  const planned = directPlan({ ...request.choice, targets });
  if ('verdict' in planned) return planned;
  const others = fallsBack(request) ? targets.slice(1) : [];
  return { ...planned, targets: withFallbacks(request, [...planned.targets, ...others]) };
}

function unrouted(request: RouteRequest): RoutePlan | Deny {
  const { enabled, defaultModel } = request.policy.document.modelRestrictions;
  if (!enabled || defaultModel === '') return modelRequired();
  return directPlan({
    kind: 'default',
    named: defaultModel,
    targets: request.resolve(defaultModel),
  });
}

function byDefault(
  request: RouteRequest,
  facts: RoutingFacts,
  strategy: string,
  rejected: CandidateRecord[],
): RoutePlan | Deny {
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
  if (!first) return nobody(strategy, [...rejected, ...obstacles]);
  const plan = directPlan({ kind: 'default', named: defaultModel, targets: able });
  if ('verdict' in plan) return plan;
  return {
    ...plan,
    reason: `no model that ${strategy} routing names can serve`,
    targets: withFallbacks(request, [first]),
    candidates: [...rejected, ...obstacles, ...plan.candidates],
  };
}

function nobody(strategy: string, rejected: readonly CandidateRecord[]): Deny {
  const broken = rejected.some((each) => each.reason === 'circuit breaker is open');
  return {
    verdict: 'deny',
    code: broken ? 'circuit_open' : 'unavailable',
    message: broken
      ? 'Every provider that this role may be routed to is failing at the moment. Try again shortly.'
      : 'No model that this role may be routed to can serve the request. Ask your administrator to connect one, or to set a default model.',
    param: null,
    reason: `${strategy}: ${rejected.map((each) => `${each.provider}/${each.model} ${each.reason}`).join('; ') || 'no model is listed'}`,
    retryAfterSeconds: 1,
  };
}

function fallsBack({ policy }: RouteRequest): boolean {
  const { enabled, fallbackEnabled } = policy.document.resiliencePolicy;
  return enabled && fallbackEnabled;
}

/** The chain's targets in order of priority behind those chosen; one that stands there already keeps its place. */
function withFallbacks(
  request: RouteRequest,
  chosen: readonly [PlannedTarget, ...PlannedTarget[]],
): [PlannedTarget, ...PlannedTarget[]] {
  const [first, ...behind] = chosen;
  const targets: [PlannedTarget, ...PlannedTarget[]] = [first, ...behind];
  if (!fallsBack(request)) return targets;
  const seen = new Set(targets.map(targetName));
  const chain = [...request.policy.document.resiliencePolicy.fallbackChain].sort(
    (a, b) => a.priority - b.priority,
  );
  for (const { provider, model, timeoutMs } of chain) {
    for (const target of request.resolve(`${provider}/${model}`)) {
      if (seen.has(targetName(target))) continue;
      seen.add(targetName(target));
      targets.push({ ...target, timeoutMs });
    }
  }
  return targets;
}

function candidatesOf(
  choice: Choice,
  taken: Target,
  targets: readonly Target[],
): CandidateRecord[] {
  const planned = new Set(targets.map(targetName));
  const detail = choice.detail ? `${choice.reason}, ${choice.detail}` : choice.reason;
  const ordered = choice.ordered.map((target) => ({
    provider: target.connection.name,
    model: target.model,
    taken: target === taken,
    reason:
      target === taken
        ? detail
        : planned.has(targetName(target))
          ? 'next in order'
          : 'behind the one taken',
  }));
  return [...ordered, ...choice.rejected];
}
