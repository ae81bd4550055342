import { z } from 'zod';
import { enabledField, field } from '../field';
import { modelNameSchema, modelPatternSchema, uniqueList } from '../primitives';

export const ROUTING_STRATEGIES = [
  'cost',
  'latency',
  'weighted',
  'round_robin',
  'capability',
] as const;
export type RoutingStrategy = (typeof ROUTING_STRATEGIES)[number];

export const TASK_TYPES = [
  'code',
  'math',
  'reasoning',
  'translation',
  'summarization',
  'extraction',
  'creative',
  'vision',
  'general',
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

const modelListSchema = uniqueList(modelNameSchema, 100).default([]);

const costConfigSchema = z.strictObject({
  simpleQueryThreshold: field(z.number().min(0).max(1).default(0.3), {
    title: 'Simple query threshold',
    description: 'A request that scores below this is simple.',
  }),
  complexQueryThreshold: field(z.number().min(0).max(1).default(0.7), {
    title: 'Complex query threshold',
    description: 'A request that scores above this is complex.',
  }),
  simpleModels: field(modelListSchema, {
    title: 'Simple queries (cheap)',
    description: 'Models for simple requests; the cheapest that can serve goes first.',
    control: 'models',
  }),
  mediumModels: field(modelListSchema, {
    title: 'Medium queries',
    description: 'Models for requests between the thresholds.',
    control: 'models',
  }),
  complexModels: field(modelListSchema, {
    title: 'Complex queries (premium)',
    description: 'Models for complex requests.',
    control: 'models',
  }),
});

const latencyConfigSchema = z.strictObject({
  maxLatencyMs: field(z.int().min(1).max(600_000).default(2000), {
    title: 'Most latency',
    description:
      'Models whose recent latency is below this are candidates; with none below, the fastest is taken.',
    unit: 'ms',
  }),
  preferredModels: field(modelListSchema, {
    title: 'Preferred models',
    description:
      'Tried first, in this order of preference, while they are fast enough. Empty: all permitted models.',
    control: 'models',
  }),
});

const weightedConfigSchema = z.strictObject({
  weights: field(z.record(modelPatternSchema, z.int().min(0).max(100)).default({}), {
    title: 'Weights',
    description: 'Share of requests for each provider or provider/model in percent; together 100.',
    unit: '%',
    control: 'model-map',
  }),
});

const capabilityConfigSchema = z.strictObject({
  taskModels: field(
    z.partialRecord(z.enum(TASK_TYPES), uniqueList(modelNameSchema, 100)).default({}),
    {
      title: 'Models by task',
      description: 'Preferred models for each type of task, best first.',
      control: 'model-map',
    },
  ),
});

const roundRobinConfigSchema = z.strictObject({
  models: field(modelListSchema, {
    title: 'Models in turn',
    description: 'Each request goes to the next model of this list.',
    control: 'models',
  }),
});

/** Which model answers when the request leaves it open, or always. */
export const routingPolicySchema = z.strictObject({
  enabled: enabledField('routing'),
  strategy: field(z.enum(ROUTING_STRATEGIES).default('cost'), {
    title: 'Strategy',
    description: 'How a model is chosen.',
  }),
  costConfig: field(costConfigSchema.prefault({}), {
    title: 'Cost-optimised settings',
    description: 'The complexity of a request decides between cheap, mid-tier and premium models.',
  }),
  latencyConfig: field(latencyConfigSchema.prefault({}), {
    title: 'Latency-optimised settings',
    description: 'Recent response times decide.',
  }),
  weightedConfig: field(weightedConfigSchema.prefault({}), {
    title: 'Weighted settings',
    description: 'Fixed shares decide.',
  }),
  capabilityConfig: field(capabilityConfigSchema.prefault({}), {
    title: 'Capability settings',
    description: 'The type of task decides.',
  }),
  roundRobinConfig: field(roundRobinConfigSchema.prefault({}), {
    title: 'Round robin settings',
    description: 'Models take turns.',
  }),
  allowModelOverride: field(z.boolean().default(true), {
    title: 'Allow explicit model override (bypass routing)',
    description:
      'On: a request that names a model is not routed. Off: every request is routed, whatever it names.',
  }),
});
export type RoutingPolicy = z.infer<typeof routingPolicySchema>;
