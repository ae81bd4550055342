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
export const PRIOR_STRENGTH = 0.003;

export type LinearModel = { bias: number; weights: number[] };

/** Logistic regression by gradient descent, drawn towards PRIOR (maximum a posteriori under a Gaussian prior). */
export function fitComplexity(
  features: readonly number[][],
  positive: readonly boolean[],
): LinearModel {
  const prior = COMPLEXITY_FEATURES.map((name) => PRIOR[name] ?? 0);
  const weights = [...prior];
  let bias = -3;
  const rate = 1.5;
  for (let round = 0; round < 800; round += 1) {
    const gradient = new Array<number>(weights.length).fill(0);
    let biasGradient = 0;
    features.forEach((row, index) => {
      const error =
        (sigmoid(logit({ bias, weights }, row)) - (positive[index] ? 1 : 0)) / features.length;
      biasGradient += error;
      for (let j = 0; j < weights.length; j += 1) gradient[j]! += error * row[j]!;
    });
    for (let j = 0; j < weights.length; j += 1) {
      weights[j]! -= rate * (gradient[j]! + PRIOR_STRENGTH * (weights[j]! - prior[j]!));
    }
    bias -= rate * biasGradient;
  }
  return { bias, weights };
}

export function logit(model: LinearModel, row: readonly number[]): number {
  return model.weights.reduce((sum, weight, index) => sum + weight * row[index]!, model.bias);
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
