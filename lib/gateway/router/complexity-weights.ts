import type { ComplexityFeature } from './complexity-features';

/**
 * Written by scripts/eval/routing/train-complexity.ts. Fitted to questions of MMLU and GSM8K (MIT) with
 * the answers of a weak and a strong model recorded by RouteLLM (Apache-2.0).
 */
export const COMPLEXITY_BIAS = -1.2760;
export const COMPLEXITY_WEIGHTS: Record<ComplexityFeature, number> = {
  logChars: 1.5090,
  logSentences: 0.2086,
  meanSentenceWords: 0.5965,
  meanWordChars: -0.3618,
  longWordShare: -0.0536,
  typeTokenRatio: -0.6293,
  numberShare: 0.6511,
  logNumbers: 0.3113,
  bigNumber: -0.0566,
  mathSymbolShare: 0.8643,
  formula: 0.6813,
  code: 0.7188,
  conditional: 0.2173,
  negation: 0.1609,
  reasoningVerb: 0.0977,
  designVerb: 0.4560,
  lookupVerb: -0.3596,
  comparison: 0.2847,
  quantifier: 0.1729,
  rate: 0.5239,
  pairedStatements: 0.6885,
  questionWords: -0.2009,
  why: 0.0803,
  howMuch: -0.1907,
  firstPersonStory: 0.0600,
  properNounShare: 0.1101,
  quotation: -0.0522,
  parentheses: 0.2191,
  blank: -0.3977,
  veryLongWordShare: -0.1582,
  completion: -0.3506,
  choiceAmounts: 0.9101,
  choiceLength: -0.7671,
  choiceTotal: -0.5429,
  choiceVerdicts: 0.3104,
  choiceLikeness: 0.8289,
  choiceReasons: 0.3353,
  choiceSingleWords: -0.3049,
};
