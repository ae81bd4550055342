/**
 * The simulator's models cost what a cheap, a middle and a premium model of the market cost, in USD per
 * million tokens, so that budgets and cost routing behave as they will with a real provider.
 */
export const SANDBOX_MODELS = [
  { id: 'small', contextWindow: 128_000, input: '0.15', cachedInput: '0.075', output: '0.6' },
  { id: 'medium', contextWindow: 128_000, input: '2.5', cachedInput: '1.25', output: '10' },
  { id: 'large', contextWindow: 200_000, input: '15', cachedInput: '7.5', output: '75' },
] as const;

/** The most tokens the simulator gives for one choice when the request names no bound. */
export const SANDBOX_OUTPUT_LIMIT = 8_192;
