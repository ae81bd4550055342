import type { PolicyIssue } from './issue';
import { mayUse, mayUseProvider } from './model/permitted';
import type { RolePolicy } from './role-policy';

export type PolicyContext = {
  /**
   * Says why a URL may not be called (not https, private address), or null. Only the server knows;
   * without it the rule is left to the save.
   */
  checkUrl?: (url: string) => string | null;
};

type Rule = (policy: RolePolicy, context: PolicyContext) => Iterable<PolicyIssue>;

/**
 * The rules between fields, each fault with its path. They hold for sections that are off too, so
 * that switching one on never saves a fault, and are checked at save only: a stored policy stays in
 * force when a rule is added.
 */
export function policyIssues(policy: RolePolicy, context: PolicyContext = {}): PolicyIssue[] {
  return RULES.flatMap((rule) => [...rule(policy, context)]);
}

const weightsAddUp: Rule = function* ({ routingPolicy: { enabled, strategy, weightedConfig } }) {
  const weights = Object.values(weightedConfig.weights);
  if (weights.length === 0 && !(enabled && strategy === 'weighted')) return;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 100) return;
  yield {
    path: 'routingPolicy.weightedConfig.weights',
    message:
      weights.length === 0
        ? 'Weighted routing needs weights: name at least one provider. They must add up to 100.'
        : `The weights add up to ${sum}; they must add up to 100.`,
  };
};

const thresholdsInOrder: Rule = function* ({ routingPolicy: { costConfig }, budgetPolicy }) {
  if (costConfig.simpleQueryThreshold > costConfig.complexQueryThreshold) {
    yield {
      path: 'routingPolicy.costConfig.simpleQueryThreshold',
      message: `Simple query threshold (${costConfig.simpleQueryThreshold}) must not be above the complex query threshold (${costConfig.complexQueryThreshold}).`,
    };
  }
  if (budgetPolicy.alertThreshold > budgetPolicy.criticalThreshold) {
    yield {
      path: 'budgetPolicy.alertThreshold',
      message: `Warning alert (${budgetPolicy.alertThreshold}) must not be above the critical alert (${budgetPolicy.criticalThreshold}).`,
    };
  }
};

const backoffInBounds: Rule = function* ({ resiliencePolicy }) {
  const { retryBackoffMs, retryBackoffMax } = resiliencePolicy;
  if (retryBackoffMs <= retryBackoffMax) return;
  yield {
    path: 'resiliencePolicy.retryBackoffMs',
    message: `Backoff base (${retryBackoffMs} ms) must not be above the backoff max (${retryBackoffMax} ms).`,
  };
};

const prioritiesUnique: Rule = function* ({ resiliencePolicy: { fallbackChain } }) {
  const first = new Map<number, number>();
  for (const [index, { priority }] of fallbackChain.entries()) {
    const other = first.get(priority);
    if (other === undefined) first.set(priority, index);
    else {
      yield {
        path: `resiliencePolicy.fallbackChain.${index}.priority`,
        message: `Priority ${priority} is that of entry ${other + 1} too; each entry needs its own.`,
      };
    }
  }
};

const urlsCallable: Rule = function* ({ budgetPolicy }, { checkUrl }) {
  for (const field of ['alertWebhook', 'alertSlack'] as const) {
    const url = budgetPolicy[field];
    const fault = url === '' ? null : checkUrl?.(url);
    if (fault) yield { path: `budgetPolicy.${field}`, message: fault };
  }
};

const modelsPermitted: Rule = function* (policy) {
  const restrictions = policy.modelRestrictions;
  if (!restrictions.enabled) return;
  for (const { path, name } of namedModels(policy)) {
    if (!mayUse(restrictions, name)) yield forbidden(path, `model ${name}`);
  }
  for (const [index, { provider, model }] of policy.resiliencePolicy.fallbackChain.entries()) {
    const path = `resiliencePolicy.fallbackChain.${index}`;
    if (!mayUseProvider(restrictions, provider))
      yield forbidden(`${path}.provider`, `provider ${provider}`);
    else if (!mayUse({ ...restrictions, allowedProviders: [provider] }, `${provider}/${model}`)) {
      yield forbidden(`${path}.model`, `model ${provider}/${model}`);
    }
  }
  for (const key of Object.keys(policy.routingPolicy.weightedConfig.weights)) {
    const path = `routingPolicy.weightedConfig.weights.${key}`;
    const [provider = key, ...model] = key.split('/');
    if (provider.includes('*')) continue;
    if (!mayUseProvider(restrictions, provider)) yield forbidden(path, `provider ${provider}`);
    else if (model.length > 0 && !key.includes('*') && !mayUse(restrictions, key)) {
      yield forbidden(path, `model ${key}`);
    }
  }
};

const RULES: readonly Rule[] = [
  weightsAddUp,
  thresholdsInOrder,
  backoffInBounds,
  prioritiesUnique,
  urlsCallable,
  modelsPermitted,
];

function* namedModels({
  modelRestrictions,
  routingPolicy,
}: RolePolicy): Iterable<{ path: string; name: string }> {
  const { defaultModel } = modelRestrictions;
  if (defaultModel !== '') yield { path: 'modelRestrictions.defaultModel', name: defaultModel };
  const { costConfig, latencyConfig, roundRobinConfig, capabilityConfig } = routingPolicy;
  const lists: Record<string, readonly string[]> = {
    'costConfig.simpleModels': costConfig.simpleModels,
    'costConfig.mediumModels': costConfig.mediumModels,
    'costConfig.complexModels': costConfig.complexModels,
    'latencyConfig.preferredModels': latencyConfig.preferredModels,
    'roundRobinConfig.models': roundRobinConfig.models,
  };
  for (const [task, models] of Object.entries(capabilityConfig.taskModels)) {
    lists[`capabilityConfig.taskModels.${task}`] = models;
  }
  for (const [list, models] of Object.entries(lists)) {
    for (const [index, name] of models.entries())
      yield { path: `routingPolicy.${list}.${index}`, name };
  }
}

function forbidden(path: string, what: string): PolicyIssue {
  return {
    path,
    message: `The ${what} is forbidden by this role's model restrictions. Permit it there, or take it out here.`,
  };
}
