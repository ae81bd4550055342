import type { ComplexityFeature } from './complexity-features';

/**
 * Written by scripts/eval/routing/train-complexity.ts. Fitted to questions of MMLU and GSM8K (MIT) with
 * the answers of a weak and a strong model recorded by RouteLLM (Apache-2.0).
 */
export const COMPLEXITY_BIAS = -1.9063;
export const COMPLEXITY_WEIGHTS: Record<ComplexityFeature, number> = {
  logChars: 1.3888,
  logSentences: 0.0087,
  meanSentenceWords: 0.632,
  meanWordChars: -0.3864,
  longWordShare: -0.3277,
  typeTokenRatio: -0.4568,
  numberShare: 0.9057,
  logNumbers: 0.7654,
  bigNumber: -0.0214,
  mathSymbolShare: 0.8217,
  formula: 0.6171,
  code: 0.6911,
  conditional: 0.3658,
  negation: 0.3004,
  reasoningVerb: 0.0488,
  designVerb: 0.3582,
  lookupVerb: -0.4459,
  comparison: 0.2251,
  quantifier: 0.287,
  rate: 0.4928,
  pairedStatements: 0.6697,
  questionWords: 0.029,
  why: 0.1139,
  howMuch: 0.2689,
  firstPersonStory: 0.215,
  properNounShare: 0.1214,
  quotation: -0.2028,
  parentheses: 0.2335,
  blank: -0.2602,
  questionShare: 0.1037,
};
