import { gatherEvidence } from '@/lib/policy/prompt/injection/evidence';
import {
  boundedWording,
  evidenceLogit,
  wordingSum,
  type LinearModel,
} from '@/lib/policy/prompt/injection/model';
import { ngramBuckets, NGRAM_BUCKETS } from '@/lib/policy/prompt/injection/ngrams';
import { EVIDENCE, FEATURES } from '@/lib/policy/prompt/injection/rules';
import { windowsOf } from '@/lib/policy/prompt/injection/windows';

/** A text as the model sees it: the evidence and n-grams of each of its windows. */
export type Sample = {
  attack: boolean;
  source: string;
  windows: { values: Float64Array; buckets: number[] }[];
};

export function sampleOf(text: string, attack: boolean, source: string): Sample {
  const windows = windowsOf(text).map((window) => {
    const { values, folded } = gatherEvidence(window);
    return { values, buckets: ngramBuckets(folded) };
  });
  return { attack, source, windows };
}

/** The highest log-odds of any window. */
export function sampleLogit(model: LinearModel, { windows }: Sample): number {
  return Math.max(
    ...windows.map(
      ({ values, buckets }) =>
        model.bias + evidenceLogit(model, values) + boundedWording(wordingSum(model, buckets)),
    ),
  );
}

export type FitOptions = { evidencePull: number; wordingPull: number; rounds: number };
export const FIT: FitOptions = { evidencePull: 0.02, wordingPull: 0.05, rounds: 15 };
const START_BIAS = -3;

/**
 * Logistic regression by AdaGrad in a fixed order: evidence is drawn towards the weights of experience in
 * `rules.ts`, wording towards nothing (maximum a posteriori under Gaussian priors). Every source and label
 * weighs as much as the root of its size, so that no source sets the tone. Of an attack the window that
 * shows it best is learnt from, of a harmless text every window.
 */
export function fit(samples: readonly Sample[], options: FitOptions = FIT) {
  const prior = FEATURES.map((feature) => EVIDENCE[feature][0]);
  const model = {
    bias: START_BIAS,
    evidence: Float64Array.from(prior),
    ngrams: new Float64Array(NGRAM_BUCKETS),
    ngramUnit: 1,
  };
  const steps = {
    bias: 1,
    evidence: new Float64Array(FEATURES.length).fill(1),
    ngrams: new Float64Array(NGRAM_BUCKETS).fill(0.01),
  };
  const weights = weightsOf(samples);
  for (let round = 0; round < options.rounds; round++) {
    for (const index of shuffled(samples.length, round)) {
      const sample = samples[index];
      if (!sample) continue;
      const own = weights[index] ?? 1;
      const chosen = sample.attack ? [mostTelling(model, sample)] : sample.windows;
      for (const window of chosen) {
        const { values, buckets } = window;
        const scale = 1 / Math.sqrt(buckets.length + 1);
        const sum = wordingSum(model, buckets);
        const logit = model.bias + evidenceLogit(model, values) + boundedWording(sum);
        const error =
          (own / chosen.length) * (1 / (1 + Math.exp(-logit)) - (sample.attack ? 1 : 0));
        steps.bias += error * error;
        model.bias -= (0.1 * error) / Math.sqrt(steps.bias);
        for (let at = 0; at < values.length; at++) {
          const value = values[at] ?? 0;
          if (value === 0) continue;
          const pull = options.evidencePull * (model.evidence[at]! - prior[at]!);
          const gradient = error * value + own * pull;
          steps.evidence[at]! += gradient * gradient;
          model.evidence[at]! -= (0.1 * gradient) / Math.sqrt(steps.evidence[at]!);
        }
        if (boundedWording(sum) !== sum && sum > 0 === sample.attack) continue;
        for (const bucket of buckets) {
          const gradient =
            error * scale + own * options.wordingPull * scale * model.ngrams[bucket]!;
          steps.ngrams[bucket]! += gradient * gradient;
          model.ngrams[bucket]! -= (0.1 * gradient) / Math.sqrt(steps.ngrams[bucket]!);
        }
      }
    }
  }
  return model;
}

function mostTelling(model: LinearModel, sample: Sample): Sample['windows'][number] {
  let best = sample.windows[0]!;
  let bestLogit = -Infinity;
  for (const window of sample.windows) {
    const logit = evidenceLogit(model, window.values) + wordingSum(model, window.buckets);
    if (logit <= bestLogit) continue;
    best = window;
    bestLogit = logit;
  }
  return best;
}

function weightsOf(samples: readonly Sample[]): number[] {
  const sizes = new Map<string, number>();
  const groupOf = ({ source, attack }: Sample) => `${source} ${attack}`;
  for (const sample of samples) sizes.set(groupOf(sample), (sizes.get(groupOf(sample)) ?? 0) + 1);
  return samples.map((sample) => Math.min(1, 12 / Math.sqrt(sizes.get(groupOf(sample)) ?? 1)));
}

/** A permutation that depends on nothing but the round: a linear congruential generator, Fisher–Yates. */
function shuffled(length: number, round: number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  let state = (round + 1) * 2654435761;
  for (let index = length - 1; index > 0; index--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (index + 1);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order;
}
