import { compareMoney } from '@/lib/money';
import type { RolePolicy } from '../../role-policy';
import type { LintFacts, LintTarget } from '../facts';
import type { LintRule } from '../finding';
import { defaultModelOf, permittedTargets, routedModels, targetsOf } from '../targets';

const section = 'routingPolicy';

/** The list a strategy lives on; weighted routing is refused at save without weights, latency takes all models. */
const LISTS = {
  cost: 'costConfig.simpleModels',
  round_robin: 'roundRobinConfig.models',
  capability: 'capabilityConfig.taskModels',
} as const;

export const routingRules: LintRule[] = [
  {
    id: 'routing-without-models',
    severity: 'error',
    section,
    title: 'Routing is on, and names no model',
    why: 'With no candidate and no default model every routed request is answered with 503.',
    *check(policy) {
      const { enabled, strategy } = policy.routingPolicy;
      if (!enabled || strategy === 'weighted' || strategy === 'latency') return;
      if (routedModels(policy).length > 0) return;
      const fallsTo = defaultModelOf(policy);
      yield {
        path: `${section}.${LISTS[strategy]}`,
        message: fallsTo
          ? `${strategy} routing has no model to choose from, so every request goes to the default model ${fallsTo}.`
          : `${strategy} routing has no model to choose from, and there is no default model.`,
        remedy: 'List models for the strategy, or switch routing off.',
      };
    },
  },
  {
    id: 'routed-model-unserved',
    severity: 'warning',
    section,
    title: 'Routing names a model that nobody serves',
    why: 'The model is passed over; when it was the last one, requests fail.',
    *check(policy, facts) {
      for (const { path, name } of routedModels(policy)) {
        if (targetsOf(name, facts)?.length !== 0) continue;
        yield {
          path,
          message: `No enabled connection serves ${name}, so routing never chooses it.`,
          remedy: 'Connect a provider that serves it, or take it out.',
        };
      }
    },
  },
  {
    id: 'weighted-provider-missing',
    severity: 'error',
    section,
    title: 'A share for a provider that is not connected',
    why: 'Its share goes to the others in proportion; when it is the only one, requests fail.',
    *check({ routingPolicy: { enabled, strategy, weightedConfig } }, { connections }) {
      if (!enabled || strategy !== 'weighted' || !connections) return;
      for (const [key, weight] of Object.entries(weightedConfig.weights)) {
        if (weight === 0 || key.includes('/') || key.includes('*')) continue;
        if (connections.some(({ name, models }) => name === key || models.includes(key))) continue;
        yield {
          path: `${section}.weightedConfig.weights.${key}`,
          message: `${weight} % of requests are meant for ${key}, which is not connected.`,
          remedy: 'Connect it under Providers, or give its share to another.',
        };
      }
    },
  },
  {
    id: 'weight-zero',
    severity: 'info',
    section,
    title: 'A share of nothing',
    why: 'A weight of 0 never gets a request, not even when all others fail.',
    *check({ routingPolicy: { enabled, strategy, weightedConfig } }) {
      if (!enabled || strategy !== 'weighted') return;
      for (const [key, weight] of Object.entries(weightedConfig.weights)) {
        if (weight > 0) continue;
        yield {
          path: `${section}.weightedConfig.weights.${key}`,
          message: `${key} has a weight of 0 and never gets a request.`,
          remedy: 'Take it out, or give it a share.',
        };
      }
    },
  },
  {
    id: 'latency-one-candidate',
    severity: 'warning',
    section,
    title: 'Latency routing with one candidate',
    why: 'With nothing to compare, routing measures and always chooses the same model.',
    *check(policy, facts) {
      const { enabled, strategy, latencyConfig } = policy.routingPolicy;
      if (!enabled || strategy !== 'latency') return;
      const names = [...latencyConfig.preferredModels, ...listedModels(facts)];
      const targets = names.flatMap((name) => candidatesFor(policy, name, facts));
      if (new Set(targets).size !== 1) return;
      yield {
        path: `${section}.latencyConfig.preferredModels`,
        message: 'Only one model can be chosen, so there is no latency to compare.',
        remedy: 'Name a second model at another provider, or choose another strategy.',
      };
    },
  },
  {
    id: 'round-robin-one-model',
    severity: 'info',
    section,
    title: 'Taking turns with one model',
    why: 'Every request goes to the same model; a default model would say so more plainly.',
    *check({ routingPolicy: { enabled, strategy, roundRobinConfig } }) {
      if (!enabled || strategy !== 'round_robin' || roundRobinConfig.models.length !== 1) return;
      yield {
        path: `${section}.roundRobinConfig.models`,
        message: 'Only one model takes its turn.',
        remedy: 'Add a second model, or use a default model instead of routing.',
      };
    },
  },
  {
    id: 'cost-tier-empty',
    severity: 'warning',
    section,
    title: 'A cost tier without models',
    why: 'Its requests go to the tier above: simple questions are then answered at the price of complex ones.',
    *check({ routingPolicy: { enabled, strategy, costConfig } }) {
      if (!enabled || strategy !== 'cost') return;
      const tiers = ['simpleModels', 'mediumModels', 'complexModels'] as const;
      const empty = tiers.filter((tier) => costConfig[tier].length === 0);
      if (empty.length === tiers.length) return;
      for (const tier of empty) {
        yield {
          path: `${section}.costConfig.${tier}`,
          message: `${tier} is empty, so its requests are answered by another tier.`,
          remedy: 'List at least one model for the tier.',
        };
      }
    },
  },
  {
    id: 'cheap-tier-dearer',
    severity: 'warning',
    section,
    title: 'A cheap tier that is dearer than the tier above',
    why: 'Routing by cost then spends more on simple questions than on complex ones.',
    *check(policy, facts) {
      const { enabled, strategy, costConfig } = policy.routingPolicy;
      if (!enabled || strategy !== 'cost') return;
      for (const [index, name] of costConfig.simpleModels.entries()) {
        const own = cheapest(policy, [name], facts);
        const above = cheapest(policy, costConfig.complexModels, facts);
        if (!own || !above || compareMoney(own.outputPerMillion, above.outputPerMillion) <= 0)
          continue;
        yield {
          path: `${section}.costConfig.simpleModels.${index}`,
          message: `${name} costs ${plain(own.outputPerMillion)} USD per million output tokens, ${above.name} of the complex tier only ${plain(above.outputPerMillion)}.`,
          remedy: 'Swap the two, or choose a cheaper model for simple questions.',
        };
      }
    },
  },
  {
    id: 'medium-tier-unreachable',
    severity: 'info',
    section,
    title: 'A middle tier between equal thresholds',
    why: 'Only a score that hits the threshold exactly counts as medium.',
    *check({ routingPolicy: { enabled, strategy, costConfig } }) {
      const { simpleQueryThreshold: low, complexQueryThreshold: high, mediumModels } = costConfig;
      if (!enabled || strategy !== 'cost' || low !== high || mediumModels.length === 0) return;
      yield {
        path: `${section}.costConfig.complexQueryThreshold`,
        message: `Both thresholds are ${low}, so the medium models are hardly ever chosen.`,
        remedy: 'Move the thresholds apart, or empty the medium tier.',
      };
    },
  },
  {
    id: 'capability-without-general',
    severity: 'warning',
    section,
    title: 'Capability routing without models for the rest',
    why: 'A task whose own list is missing has nobody to go to.',
    *check(policy) {
      const { enabled, strategy, capabilityConfig } = policy.routingPolicy;
      const { taskModels } = capabilityConfig;
      if (!enabled || strategy !== 'capability' || Object.keys(taskModels).length === 0) return;
      if ((taskModels.general ?? []).length > 0 || defaultModelOf(policy) !== '') return;
      yield {
        path: `${section}.capabilityConfig.taskModels`,
        message:
          'There are no models for general tasks and no default model: other requests get 503.',
        remedy: 'List models for general, or set a default model.',
      };
    },
  },
  {
    id: 'routed-model-unpriced',
    severity: 'warning',
    section,
    title: 'Routing names a model without a price',
    why: 'Routing by cost, and any routing under a budget that blocks, passes over a model whose price nobody knows.',
    *check(policy, facts) {
      const { enabled, onExceeded, maxCostPerRequest } = policy.budgetPolicy;
      const budgeted = enabled && (onExceeded === 'block' || maxCostPerRequest > 0);
      if (!facts.priceOf || (!budgeted && policy.routingPolicy.strategy !== 'cost')) return;
      for (const { path, name } of routedModels(policy)) {
        const targets: LintTarget[] = targetsOf(name, facts) ?? [];
        if (targets.length === 0 || targets.some((target) => facts.priceOf?.(target))) continue;
        yield {
          path,
          message: `${name} has no price, so routing never chooses it.`,
          remedy: 'Enter its price under Prices, or take it out.',
        };
      }
    },
  },
];

/** What latency routing also considers: the models that connections list. */
function listedModels({ connections }: LintFacts): string[] {
  return (connections ?? [])
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, models }) => models.map((model) => `${name}/${model}`));
}

/** `provider/model` of each target; where the connections are not known, the name stands for itself. */
function candidatesFor(policy: RolePolicy, name: string, facts: LintFacts): string[] {
  const targets = permittedTargets(policy, name, facts);
  return targets ? targets.map(({ provider, model }) => `${provider}/${model}`) : [name];
}

function cheapest(policy: RolePolicy, names: readonly string[], facts: LintFacts) {
  const priced = names.flatMap((name) =>
    (permittedTargets(policy, name, facts) ?? []).flatMap((target) => {
      const price = facts.priceOf?.(target);
      return price ? [{ name, ...price }] : [];
    }),
  );
  return priced.sort((a, b) => compareMoney(a.outputPerMillion, b.outputPerMillion))[0];
}

/** Without the zeros that money is stored with. */
const plain = (amount: string) => amount.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
