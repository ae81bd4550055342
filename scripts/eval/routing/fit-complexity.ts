import {
  COMPLEXITY_FEATURES,
  type ComplexityFeature,
} from '@/lib/gateway/router/complexity-features';

/**
 * What experience says of features that the questions at hand hardly show: nobody asks there to
 * design a system or to repair code. The fit may move away from these, at a price.
 */
const PRIOR: Partial<Record<ComplexityFeature, number>> = {
  logChars: 1.5,
  logSentences: 0.3,
  meanSentenceWords: 0.5,
  designVerb: 1,
  code: 1,
  reasoningVerb: 0.6,
  why: 0.5,
  lookupVerb: -0.6,
  conditional: 0.3,
  numberShare: 0.5,
  mathSymbolShare: 0.6,
  formula: 0.5,
};
const PRIOR_STRENGTH = 0.001;
/** Of features whose meaning in exam questions is not the one they have elsewhere. */
const FIRM_STRENGTH = 0.003;
const FIRM: ReadonlySet<ComplexityFeature> = new Set([
  'designVerb',
  'code',
  'reasoningVerb',
  'why',
]);

const ROUNDS = 1000;
const RATE = 0.5;
const MOMENTUM = 0.9;

export type LinearModel = { bias: number; weights: number[] };

/**
 * Logistic regression by gradient descent with momentum, drawn towards PRIOR (maximum a posteriori under
 * a Gaussian prior). Deterministic.
 */
export function fitComplexity(
  features: readonly number[][],
  positive: readonly boolean[],
): LinearModel {
  const prior = COMPLEXITY_FEATURES.map((name) => PRIOR[name] ?? 0);
  const strength = COMPLEXITY_FEATURES.map((name) =>
    FIRM.has(name) ? FIRM_STRENGTH : PRIOR_STRENGTH,
  );
  const weights = [...prior];
  const velocity = weights.map(() => 0);
  let bias = -3;
  let biasVelocity = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, j) => strength[j]! * (weight - prior[j]!));
    let biasGradient = 0;
    features.forEach((row, index) => {
      const error =
        (sigmoid(logit({ bias, weights }, row)) - (positive[index] ? 1 : 0)) / features.length;
      biasGradient += error;
      for (let j = 0; j < row.length; j += 1) gradient[j]! += error * row[j]!;
    });
    for (let j = 0; j < weights.length; j += 1) {
      velocity[j] = MOMENTUM * velocity[j]! - RATE * gradient[j]!;
      weights[j]! += velocity[j]!;
    }
    biasVelocity = MOMENTUM * biasVelocity - RATE * biasGradient;
    bias += biasVelocity;
  }
  return { bias, weights };
}

export function logit(model: LinearModel, row: readonly number[]): number {
  return model.weights.reduce((sum, weight, index) => sum + weight * row[index]!, model.bias);
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
