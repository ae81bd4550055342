import type { Deny } from '@/lib/policy/decision';
import type { ModelChoice, RoutePlan } from '../ports';

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
function noTarget(named: string): Deny {
  return {
    verdict: 'deny',
    code: 'unavailable',
    message: `No enabled connection that this role may use serves "${named}". Name another model.`,
    param: 'model',
    reason: 'no permitted target',
    retryAfterSeconds: 1,
  };
}

/** Neither the request nor the role says which model. */
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
