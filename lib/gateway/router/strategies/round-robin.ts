import type { RouteRequest } from '@/lib/gateway/ports';
import { eligibleTargets } from '../eligibility';
import type { RoutingFacts } from '../facts';
import type { Choice } from './choice';

/** Whose turn it is, by role. */
export class Turns {
  private readonly next = new Map<string, number>();

  /** With `peek` the turn does not pass. */
  take(owner: string, peek = false): number {
    const turn = this.next.get(owner) ?? 0;
    if (!peek) this.next.set(owner, turn + 1);
    return turn;
  }
}

/** The next able model of the list in strict order; those after it in the circle stand behind it. */
export function chooseByTurn(request: RouteRequest, facts: RoutingFacts, turns: Turns): Choice {
  const { models } = request.policy.document.routingPolicy.roundRobinConfig;
  const { eligible, rejected } = eligibleTargets(request, facts, models);
  if (eligible.length === 0) return { ordered: [], rejected, reason: 'none' };
  const start = turns.take(request.principal.role.id, request.dryRun) % eligible.length;
  return {
    ordered: [...eligible.slice(start), ...eligible.slice(0, start)],
    rejected,
    reason: `${start + 1}/${eligible.length}`,
  };
}
