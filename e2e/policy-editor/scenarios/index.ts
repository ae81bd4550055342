import { injection } from './injection';
import { models } from './models';
import { pii } from './pii';
import { prompts } from './prompts';
import { rateLimits } from './rate-limits';
import type { Scenario } from './scenario';
import { tools } from './tools';

/** The fields that the gateway is asked about; those of later stages have their own tests. */
export const SCENARIOS: readonly Scenario[] = [
  ...prompts,
  ...injection,
  ...pii,
  ...tools,
  ...rateLimits,
  ...models,
];
