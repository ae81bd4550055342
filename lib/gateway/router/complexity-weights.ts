import type { ComplexityFeature } from './complexity-features';

/**
 * Written by scripts/eval/routing/train-complexity.ts. Fitted to questions of MMLU and GSM8K (MIT) with
 * the answers of a weak and a strong model recorded by RouteLLM (Apache-2.0).
 */
export const COMPLEXITY_BIAS = -1.2764;
export const COMPLEXITY_WEIGHTS: Record<ComplexityFeature, number> = {
  logChars: 1.5102,
  logSentences: 0.208,
  meanSentenceWords: 0.5943,
  meanWordChars: -0.3603,
  longWordShare: -0.0525,
  typeTokenRatio: -0.6325,
  numberShare: 0.6166,
  logNumbers: 0.3192,
  bigNumber: -0.0578,
  mathSymbolShare: 0.8396,
  formula: 0.6865,
  code: 0.7189,
  conditional: 0.2179,
  negation: 0.1616,
  reasoningVerb: 0.0975,
  designVerb: 0.4556,
  lookupVerb: -0.3552,
  comparison: 0.2855,
  quantifier: 0.174,
  rate: 0.5261,
  pairedStatements: 0.6865,
  questionWords: -0.1941,
  why: 0.08,
  howMuch: -0.1895,
  firstPersonStory: 0.0592,
  properNounShare: 0.1095,
  quotation: -0.0526,
  parentheses: 0.2196,
  blank: -0.3965,
  veryLongWordShare: -0.1581,
  completion: -0.35,
  choiceAmounts: 0.9132,
  choiceLength: -0.7672,
  choiceTotal: -0.5424,
  choiceVerdicts: 0.3102,
  choiceLikeness: 0.8323,
  choiceReasons: 0.3352,
  choiceSingleWords: -0.3054,
};
