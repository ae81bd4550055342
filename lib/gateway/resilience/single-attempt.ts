import { worstCaseUsd } from '@/lib/budget/worst-case-cost';
import type { ExecutionRequest, PlanExecutor, PlannedTarget } from '../ports';
import { attempt } from './attempt';

/** One attempt at the plan's first target: no retry, no fallback, no breaker. */
export const singleAttempt: PlanExecutor = {
  async execute(request) {
    const [target] = request.plan.targets;
    const limited = await request.admit(target);
    if (limited) return limited;
    const decision = await request.budget.reserve({
      target,
      get worstCaseUsd() {
        return worstCaseOf(request, target);
      },
    });
    return decision.verdict === 'deny' ? decision : attempt(request, target);
  },
};

/** Most that one attempt at a target can cost, or null when the model has no price. */
export function worstCaseOf(
  { principal, request }: ExecutionRequest,
  target: PlannedTarget,
): string | null {
  return worstCaseUsd(principal.prices, request, target);
}
