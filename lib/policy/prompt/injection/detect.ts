import { gatherEvidence, type Evidence } from './evidence';
import { logitOf, readNgrams, wordingLogit, type LinearModel } from './model';
import { EVIDENCE, FEATURES } from './rules';
import { WEIGHTS } from './weights';
import { windowsOf } from './windows';

export type Sensitivity = 'low' | 'medium' | 'high';

/** What the detector says of one text. */
export type Detection = {
  /** Calibrated on sources that the model had not seen: the share of attacks among such texts, 0 to 1. */
  score: number;
  /** Kinds of evidence, strongest first; no piece of the text. */
  reasons: string[];
};

/** From which score on a text is taken as an attack. */
export const THRESHOLDS: Readonly<Record<Sensitivity, number>> = WEIGHTS.thresholds;

let loaded: LinearModel | undefined;
function model(): LinearModel {
  return (loaded ??= {
    bias: WEIGHTS.bias,
    evidence: WEIGHTS.evidence,
    ngrams: readNgrams(WEIGHTS.ngrams),
    ngramUnit: WEIGHTS.ngramUnit,
  });
}

/**
 * Scores a text as the worst of its windows. Linear in its length, synchronous, without a network.
 * @throws when the weights are broken; whoever asks must then refuse.
 */
export function detectInjection(text: string): Detection {
  let worst: { logit: number; evidence: Evidence; wording: number } | null = null;
  for (const window of windowsOf(text)) {
    const evidence = gatherEvidence(window);
    const wording = wordingLogit(model(), evidence.folded);
    const logit = logitOf(model(), evidence, wording);
    if (!worst || logit > worst.logit) worst = { logit, evidence, wording };
  }
  if (!worst || Number.isNaN(worst.logit)) throw new Error('The injection detector has no score.');
  return { score: calibrated(worst.logit), reasons: reasonsOf(worst.evidence, worst.wording) };
}

/** Platt scaling, fitted on log-odds of sources that were left out of training. */
export function calibrated(logit: number): number {
  const { slope, offset } = WEIGHTS.calibration;
  return Math.round(1000 / (1 + Math.exp(-(slope * logit + offset)))) / 1000;
}

const MAX_REASONS = 4;
const LEAST_WEIGHT = 0.4;

function reasonsOf({ values, layers }: Evidence, wording: number): string[] {
  const spoken: { reason: string; weight: number }[] = [];
  const note = (reason: string, weight: number) => {
    if (reason !== '' && weight >= LEAST_WEIGHT) spoken.push({ reason, weight });
  };
  FEATURES.forEach((feature, index) =>
    note(EVIDENCE[feature][1], (values[index] ?? 0) * (WEIGHTS.evidence[index] ?? 0)),
  );
  note('is worded like attacks', wording);
  const found = spoken
    .sort((a, b) => b.weight - a.weight)
    .map(({ reason }) => reason);
  const hidden = layers.map((layer) => `hidden in ${layer}`);
  return [...new Set([...hidden, ...found])].slice(0, MAX_REASONS);
}
