import { existsSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { detectInjection } from '@/lib/policy/prompt/injection/detect';
import { quantile } from './load';

/**
 * `npm run bench:injection`: how much processor time injection detection takes, by length, on
 * hostile texts and on the regular expressions of ../shared/eval/badinput as texts.
 */
const PROSE =
  'The committee met on Tuesday to discuss the instructions for the new system. Please show me the previous report, and do not forget the rules for visitors; from now on they act as guests. ';
const HOSTILE = ['a', 'a ', '![', '![](http', '%41', '&#65;', '\\u0041', 'ignore ', '<|', '[INST', '\n#', '"', '忽略', 'é', 'AB ', '41 ', 'a.', '====', 'A1b2', '01000001 ', '.- ', '65 ', '⠁', '=41', 'ABCD2345', '[insert ', 'Ab ', 'developer instructions ', '[[{']; // prettier-ignore
const REDOS = '../shared/eval/badinput/redos.jsonl';

const repeated = (text: string, chars: number) =>
  text.repeat(Math.ceil(chars / text.length)).slice(0, chars);
const timed = (text: string): number => {
  const before = process.cpuUsage();
  detectInjection(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

for (let round = 0; round < 300; round++) detectInjection(repeated(PROSE, 2_000));

console.log('| characters | median CPU ms | p99 CPU ms |');
console.log('|---:|---:|---:|');
for (const chars of [200, 2_000, 10_000, 100_000, 1_000_000]) {
  const rounds = Math.max(5, Math.min(2_000, Math.round(2_000_000 / chars)));
  const times = Float64Array.from({ length: rounds }, (_, index) =>
    timed(repeated(`${index} ${PROSE}`, chars)),
  ).sort();
  console.log(
    `| ${chars} | ${quantile(times, 0.5).toFixed(2)} | ${quantile(times, 0.99).toFixed(2)} |`,
  );
}

const hostile = HOSTILE.map((text) => ({ text, ms: timed(repeated(text, 1_000_000)) }));
const worst = hostile.reduce((a, b) => (b.ms > a.ms ? b : a));
console.log(
  `\n1,000,000 hostile characters: at most ${worst.ms.toFixed(0)} ms (${JSON.stringify(worst.text)})`,
);

if (existsSync(REDOS)) {
  const texts = readFileSync(REDOS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { pattern: string; attack_expr?: string })
    .flatMap(({ pattern, attack_expr: attack }) => [
      pattern,
      ...(attack ? [String(runInNewContext(attack, {}, { timeout: 1_000 }))] : []),
    ]);
  const slowest = Math.max(...texts.map((text) => Math.min(timed(text), timed(text))));
  console.log(`${texts.length} texts of ${REDOS}: at most ${slowest.toFixed(2)} ms`);
}
