import type { Deny } from '@/lib/policy/decision';
import type { ModelChoice, RoutePlan, RoutePlanner, RouteRequest } from '../ports';

/** The plan in which the model that was named, by the request or by the role's default, answers alone. */
export function directPlan(
  choice: Extract<ModelChoice, { kind: 'explicit' | 'default' }>,
): RoutePlan | Deny {
  const [target] = choice.targets;
  if (!target) return noTarget(choice.named);
  return {
    strategy: choice.kind,
    reason: choice.kind === 'explicit' ? 'the request names the model' : "the role's default model",
    targets: [target],
    candidates: choice.targets.map((each) => ({
      provider: each.connection.name,
      model: each.model,
      taken: each === target,
      reason: each === target ? choice.kind : 'a connection before it serves the model',
    })),
  };
}

/** Nothing the role may use can answer. */
export function noTarget(named: string): Deny {
  return {
    verdict: 'deny',
    code: 'unavailable',
    message: `No enabled connection that this role may use serves "${named}". Name another model.`,
    param: 'model',
    reason: 'no permitted target',
    retryAfterSeconds: 1,
  };
}

export function modelRequired(): Deny {
  return {
    verdict: 'deny',
    code: 'model_required',
    message:
      'The request names no model and this role has no default model. Set "model" to provider/model, or ask your administrator for a default.',
    param: 'model',
    reason: 'no model named and no default',
  };
}

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
