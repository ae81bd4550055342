import { existsSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { contentOf } from '@/lib/gateway/content';
import { detectorsFor, type Detectors } from '@/lib/gateway/remembered';
import type { ChatMessage } from '@/lib/openai/wire';
import { detectPii } from '@/lib/pii/detect';
import { checkPrompt } from '@/lib/policy/prompt/enforce';
import { compilePolicy } from '@/lib/policy/compile';
import { PII_ENTITIES } from '@/lib/policy/prompt/schema';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { quantile } from './load';
import { PROSE, repeated } from './prose';

/**
 * `npm run bench:prompts`: what the prompt checks take, all of them on against off; personal data detection by
 * length, on hostile texts, and on the regular expressions of ../shared/eval/badinput as texts; and what checks and
 * receipt of a request take in a conversation that goes on, with and without a memory of its earlier turns.
 */
const ALL = new Set(PII_ENTITIES);
const HOSTILE = ['a', 'a ', '@', 'a@', '1', '1 ', '1.', '+1 ', '4111 ', ':', '://', 'A', 'Anna ', 'St ', '1 Main St, ', 'DE89 ', 'password: ', '-----BEGIN PRIVATE KEY-----', '{"a":', '%40', 'name is ', 'born 1/1/', 'eyJ']; // prettier-ignore
const REDOS = '../shared/eval/badinput/redos.jsonl';

/** Processor time, since the machine has other things to do. */
const timed = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
const line = (name: string, times: Float64Array) =>
  console.log(
    `| ${name} | ${quantile(times, 0.5).toFixed(3)} | ${quantile(times, 0.99).toFixed(3)} |`,
  );

const on = compilePolicy(
  rolePolicySchema.parse({
    promptPolicies: {
      enabled: true,
      maxPromptChars: 1_000_000,
      maxMessages: 100,
      sanitize: { normalizeUnicode: true, stripInvisible: true },
      blockedPatterns: ['(?i)project \\w+ omega'],
      injection: { enabled: true, action: 'log' },
      pii: { enabled: true, entities: [...PII_ENTITIES], action: 'redact' },
    },
  }),
);
const off = compilePolicy(rolePolicySchema.parse({}));
const tools = { countTokens: () => 0 };
const judge = (policy: typeof on, text: string) =>
  checkPrompt(policy, { messages: [{ role: 'user', content: text }] }, tools);

for (let round = 0; round < 1_000; round++) judge(on, repeated(`${round} ${PROSE}`, 2_000));

console.log('| 2,000 characters | median ms | p99 ms |\n|---|---:|---:|');
for (const [name, policy] of [
  ['all checks on', on],
  ['checks off', off],
] as const) {
  const times = Float64Array.from({ length: 2_000 }, (_, index) =>
    timed(() => judge(policy, repeated(`${index} ${PROSE}`, 2_000))),
  ).sort();
  line(name, times);
}

/** The requests of ten turns, each with all turns before it; no two conversations have a text in common. */
function conversation(number: number): ChatMessage[][] {
  const text = (turn: number, chars: number) => repeated(`${number}-${turn} ${PROSE}`, chars);
  const messages: ChatMessage[] = [{ role: 'system', content: text(0, 1_500) }];
  return Array.from({ length: 10 }, (_, turn) => {
    messages.push({ role: 'user', content: text(2 * turn + 1, 300) });
    const asked = [...messages];
    messages.push({ role: 'assistant', content: text(2 * turn + 2, 800) });
    return asked;
  });
}

function handle(messages: ChatMessage[], detectors: Partial<Detectors>): void {
  checkPrompt(on, { messages }, { ...tools, ...detectors });
  contentOf('redacted', messages, null, false, detectors.detectPii);
}

console.log('\n| request of a ten-turn conversation | median ms | p99 ms |\n|---|---:|---:|');
for (const [name, detectors, from] of [
  ['every turn read again', {}, 0],
  ['earlier turns remembered', detectorsFor('tenant'), 100],
] as const) {
  const requests = Array.from({ length: 40 }, (_, index) => conversation(from + index)).flat();
  const times = Float64Array.from(requests, (each) => timed(() => handle(each, detectors))).sort();
  line(name, times);
}

console.log('\n| personal data, characters | median ms | p99 ms |\n|---:|---:|---:|');
for (const chars of [200, 2_000, 10_000, 100_000, 1_000_000]) {
  const rounds = Math.max(5, Math.min(2_000, Math.round(2_000_000 / chars)));
  const times = Float64Array.from({ length: rounds }, (_, index) =>
    timed(() => detectPii(repeated(`${index} ${PROSE}`, chars), ALL)),
  ).sort();
  line(String(chars), times);
}

const hostile = HOSTILE.map((text) => ({
  text,
  half: timed(() => detectPii(repeated(text, 500_000), ALL)),
  ms: timed(() => detectPii(repeated(text, 1_000_000), ALL)),
})).sort((a, b) => b.ms - a.ms);
console.log('\n1,000,000 hostile characters (500,000 in brackets), slowest first:');
for (const { text, half, ms } of hostile.slice(0, 6))
  console.log(`${JSON.stringify(text)}: ${ms.toFixed(0)} ms (${half.toFixed(0)} ms)`);

if (existsSync(REDOS)) {
  const texts = readFileSync(REDOS, 'utf8')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as { pattern: string; attack_expr?: string })
    .flatMap(({ pattern, attack_expr: attack }) => [
      pattern,
      ...(attack ? [String(runInNewContext(attack, {}, { timeout: 1_000 }))] : []),
    ]);
  const slowest = Math.max(
    ...texts.map((text) =>
      Math.min(
        timed(() => detectPii(text, ALL)),
        timed(() => detectPii(text, ALL)),
      ),
    ),
  );
  console.log(`\n${texts.length} texts of ${REDOS}: at most ${slowest.toFixed(2)} ms`);
}
