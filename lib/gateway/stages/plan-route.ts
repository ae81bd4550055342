import { checkModel } from '@/lib/policy/model/enforce';
import type { Deny } from '@/lib/policy/decision';
import type { Looked } from '../context';
import { scopeOf } from '../context';
import { isPermitted, resolveFor } from '../permitted-targets';
import type { PlannedTarget, RoutePlan } from '../ports';
import type { Pass, Stage } from '../stage';

/** Who is to answer, in order. What the planner chose is held against the model restrictions again. */
export const planRoute: Stage<Looked, { plan: RoutePlan | null }> = async (context, deps) => {
  const { lookup, policy, principal, choice, tokens } = context;
  if ('answer' in lookup) return answeredFromCache(context);
  const plan = await deps.planner.plan({
    ...scopeOf(context, deps.clock),
    choice,
    tokens,
    connections: principal.connections,
    resolve: (name) => resolveFor(principal, policy, deps.catalogue, name).permitted,
  });
  if ('verdict' in plan) {
    const { route, ...refusal } = plan;
    if (route) context.trail.route = { ...route, order: [] };
    return refusal;
  }
  return keepPermitted(context, plan);
};

function keepPermitted(context: Looked, plan: RoutePlan): Pass<{ plan: RoutePlan }> | Deny {
  const [first, ...others] = plan.targets.filter((target) => isPermitted(context.policy, target));
  if (!first) return refusalFor(context, plan.targets[0]);
  const kept: RoutePlan = { ...plan, targets: [first, ...others] };
  const { strategy, reason, candidates, detail } = plan;
  const order = kept.targets.map(nameOf);
  context.trail.route = { strategy, reason, candidates, order, ...(detail ? { detail } : {}) };
  return { verdict: 'allow', reason: `${strategy}: ${nameOf(first)}`, add: { plan: kept } };
}

function refusalFor({ policy }: Looked, target: PlannedTarget): Deny {
  const decision = checkModel(policy, { provider: target.connection.name, model: target.model });
  if (decision.verdict === 'deny') return decision;
  throw new Error('a permitted target was dropped from the plan');
}

function answeredFromCache({ trail, lookup }: Looked): Pass<{ plan: null }> {
  if ('answer' in lookup)
    trail.route = { strategy: 'cache', reason: lookup.status, candidates: [] };
  return { verdict: 'skip', reason: 'answered from the cache', add: { plan: null } };
}

const nameOf = ({ connection, model }: PlannedTarget) => `${connection.name}/${model}`;
