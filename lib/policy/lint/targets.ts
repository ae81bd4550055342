import { compileModelRestrictions } from '../model/compile';
import type { RolePolicy } from '../role-policy';
import { TASK_TYPES } from '../routing/schema';
import type { LintFacts, LintTarget } from './facts';

/** A model name of the policy and where it stands. */
export type NamedModel = { path: string; name: string };

/**
 * Targets that may serve a name, by the gateway's own reading of names: the connection it names, else
 * every connection that lists it, else those without a list whose kind is known to serve it. Undefined
 * when the connections are not known.
 */
export function targetsOf(name: string, facts: LintFacts): LintTarget[] | undefined {
  if (!facts.connections) return undefined;
  const enabled = facts.connections.filter((each) => each.enabled);
  const slash = name.indexOf('/');
  const named = slash > 0 ? enabled.find((each) => each.name === name.slice(0, slash)) : undefined;
  if (named) {
    const model = name.slice(slash + 1);
    const offers = named.models.length === 0 || named.models.includes(model);
    return offers ? [{ provider: named.name, kind: named.kind, model }] : [];
  }
  const listing = enabled.filter(({ models }) => models.includes(name));
  const knowing = enabled.filter(
    ({ models, kind }) => models.length === 0 && (facts.serves?.(kind, name) ?? false),
  );
  return [...listing, ...knowing].map(({ name: provider, kind }) => ({
    provider,
    kind,
    model: name,
  }));
}

/** As `targetsOf`, those alone that the model restrictions permit. */
export function permittedTargets(
  policy: RolePolicy,
  name: string,
  facts: LintFacts,
): LintTarget[] | undefined {
  const all = targetsOf(name, facts);
  if (!policy.modelRestrictions.enabled) return all;
  const { allowsModel, allowsProvider } = compileModelRestrictions(policy.modelRestrictions);
  return all?.filter((target) => allowsProvider(target.provider) && allowsModel(target));
}

/** The models that the strategy in force names; none while routing is off. Weights only where they name a model. */
export function routedModels({ routingPolicy }: RolePolicy): NamedModel[] {
  if (!routingPolicy.enabled) return [];
  const { costConfig, latencyConfig, roundRobinConfig, capabilityConfig } = routingPolicy;
  const listed = (path: string, models: readonly string[]): NamedModel[] =>
    models.map((name, index) => ({ path: `routingPolicy.${path}.${index}`, name }));
  switch (routingPolicy.strategy) {
    case 'cost':
      return [
        ...listed('costConfig.simpleModels', costConfig.simpleModels),
        ...listed('costConfig.mediumModels', costConfig.mediumModels),
        ...listed('costConfig.complexModels', costConfig.complexModels),
      ];
    case 'latency':
      return listed('latencyConfig.preferredModels', latencyConfig.preferredModels);
    case 'round_robin':
      return listed('roundRobinConfig.models', roundRobinConfig.models);
    case 'capability':
      return TASK_TYPES.flatMap((task) =>
        listed(`capabilityConfig.taskModels.${task}`, capabilityConfig.taskModels[task] ?? []),
      );
    case 'weighted':
      return Object.entries(routingPolicy.weightedConfig.weights)
        .filter(([key, weight]) => weight > 0 && key.includes('/') && !key.includes('*'))
        .map(([name]) => ({ path: `routingPolicy.weightedConfig.weights.${name}`, name }));
  }
}

/** The fallback chain in force, in order of trial, each entry with its place in the document. */
export function fallbacksInForce({ resiliencePolicy }: RolePolicy) {
  const { enabled, fallbackEnabled, fallbackChain } = resiliencePolicy;
  if (!enabled || !fallbackEnabled) return [];
  return fallbackChain
    .map((entry, index) => ({ ...entry, path: `resiliencePolicy.fallbackChain.${index}` }))
    .sort((a, b) => a.priority - b.priority);
}

/** The default model while the section it belongs to is on, else ''. */
export function defaultModelOf({ modelRestrictions }: RolePolicy): string {
  return modelRestrictions.enabled ? modelRestrictions.defaultModel : '';
}

/** Everything that this role may be answered by because its policy names it. */
export function namedTargets(policy: RolePolicy): NamedModel[] {
  const byDefault = defaultModelOf(policy);
  return [
    ...routedModels(policy),
    ...fallbacksInForce(policy).map(({ path, provider, model }) => ({
      path: `${path}.model`,
      name: `${provider}/${model}`,
    })),
    ...(byDefault ? [{ path: 'modelRestrictions.defaultModel', name: byDefault }] : []),
  ];
}
