'use client';

import type { ComponentType } from 'react';
import type { RoutingStrategy } from '@/lib/policy/routing/schema';
import { ChoiceField, type Choice } from '../fields/choice-field';
import { ModelsField } from '../fields/chips-field';
import { NumberField } from '../fields/number-field';
import { RangeField } from '../fields/range-field';
import { TaskModelsField } from '../fields/task-models-field';
import { ToggleField } from '../fields/toggle-field';
import { useFieldValue } from '../fields/use-field-value';
import { WeightsField } from '../fields/weights-field';
import { Group } from '../layout/group';
import { HiddenFaults } from '../layout/hidden-faults';
import { TryRouting } from '../panels/try-routing';

const STRATEGIES: Record<RoutingStrategy, Choice & { settings: ComponentType }> = {
  cost: {
    label: 'Cost-Optimized',
    help: 'Cheap models for simple requests, premium models for complex ones.',
    settings: CostSettings,
  },
  latency: {
    label: 'Latency-Optimized',
    help: 'The models that answered fastest of late.',
    settings: LatencySettings,
  },
  weighted: {
    label: 'Weighted Distribution',
    help: 'Fixed shares of requests for providers or models.',
    settings: WeightsField,
  },
  round_robin: {
    label: 'Round Robin',
    help: 'Models take turns.',
    settings: RoundRobinSettings,
  },
  capability: {
    label: 'Capability-Based',
    help: 'The models that are best at the task of the request.',
    settings: TaskModelsField,
  },
};

/** Where the settings of each strategy are kept. */
const CONFIGS = {
  cost: 'routingPolicy.costConfig',
  latency: 'routingPolicy.latencyConfig',
  weighted: 'routingPolicy.weightedConfig',
  round_robin: 'routingPolicy.roundRobinConfig',
  capability: 'routingPolicy.capabilityConfig',
} as const satisfies Record<RoutingStrategy, string>;

export function RoutingTab() {
  const chosen = useFieldValue('routingPolicy.strategy');
  const { label, settings: Settings } = STRATEGIES[chosen];
  const others = Object.entries(CONFIGS).filter(([strategy]) => strategy !== chosen);
  return (
    <>
      <Group title="Strategy">
        <ChoiceField name="routingPolicy.strategy" look="list" choices={STRATEGIES} />
        <HiddenFaults names={others.map(([, name]) => name)} />
      </Group>
      <Group title={`${label} Settings`}>
        <Settings />
      </Group>
      <Group title="Model Override">
        <ToggleField name="routingPolicy.allowModelOverride" />
      </Group>
      <TryRouting />
    </>
  );
}

function CostSettings() {
  return (
    <>
      <RangeField
        low="routingPolicy.costConfig.simpleQueryThreshold"
        high="routingPolicy.costConfig.complexQueryThreshold"
        zones={['Simple', 'Medium', 'Complex']}
      />
      <ModelsField name="routingPolicy.costConfig.simpleModels" />
      <ModelsField name="routingPolicy.costConfig.mediumModels" />
      <ModelsField name="routingPolicy.costConfig.complexModels" />
    </>
  );
}

function LatencySettings() {
  return (
    <>
      <NumberField name="routingPolicy.latencyConfig.maxLatencyMs" />
      <ModelsField name="routingPolicy.latencyConfig.preferredModels" />
    </>
  );
}

function RoundRobinSettings() {
  return <ModelsField name="routingPolicy.roundRobinConfig.models" />;
}
