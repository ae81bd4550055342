import type { RouteRequest } from '@/lib/gateway/ports';
import { eligibleTargets } from '../eligibility';
import type { RoutingFacts } from '../facts';
import { classifyTask } from '../task-type';
import type { Choice } from './choice';

/** The models listed for the request's type of task, best first; those for `general` stand behind them. */
export function chooseByCapability(request: RouteRequest, facts: RoutingFacts): Choice {
  const { taskModels } = request.policy.document.routingPolicy.capabilityConfig;
  const task = classifyTask(request.request);
  const names = [
    ...(taskModels[task] ?? []),
    ...(task === 'general' ? [] : (taskModels.general ?? [])),
  ];
  const { eligible, rejected } = eligibleTargets(request, facts, names);
  return { ordered: eligible, rejected, reason: task, detail: { task } };
}
