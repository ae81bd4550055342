import type { Deny } from '@/lib/policy/decision';
import type { RoutePlan, RoutePlanner, RouteRequest } from '../ports';
import { directPlan, modelRequired } from '../router/direct-plan';

/** Takes what was named; what was left open goes to the role's default model. */
export const directPlanner: RoutePlanner = {
  plan: (request) => Promise.resolve(plan(request)),
};

function plan({ choice, policy, resolve }: RouteRequest): RoutePlan | Deny {
  if (choice.kind !== 'open') return directPlan(choice);
  const { enabled, defaultModel } = policy.document.modelRestrictions;
  if (!enabled || defaultModel === '') return modelRequired();
  return directPlan({ kind: 'default', named: defaultModel, targets: resolve(defaultModel) });
}
