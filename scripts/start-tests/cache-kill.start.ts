import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chat, start, temporaryDirectory } from './support';

const ADMIN_TOKEN = 'a-bootstrap-token-of-this-test';
/** Of the demo key. */
const ROLE = '/api/tenants/demo/roles/playground/policy';
const CLIENTS = 4;
const ANSWERS = 100;
const KEPT_AFTER_MS = 1_000;
/** From the hundredth answer to the kill, so that all of the hundred are old enough. */
const LOAD_MS = KEPT_AFTER_MS + 500;

const WISHES = ['cancel', 'renew', 'print', 'move', 'share'];
const THINGS = ['a contract', 'an invoice', 'a parking permit', 'a library card', 'a subscription'];
const questionOf = (number: number) =>
  `How do I ${WISHES[number % 5]} ${THINGS[Math.floor(number / 5) % 5]} with the reference ${number}?`;

type Answered = { question: string; content: string; at: number };

async function switchCacheOn(consoleUrl: string): Promise<number> {
  const call = async (method: string, headers: Record<string, string> = {}, body?: object) => {
    const response = await fetch(consoleUrl + ROLE, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    expect(response.status, `${method} ${ROLE}`).toBeLessThan(300);
    return (await response.json()) as { version: number; policy: object };
  };
  const { version, policy } = await call('GET');
  const cachingPolicy = { enabled: true, ttlSeconds: 3600 };
  const saved = await call('PUT', { 'if-match': `"${version}"` }, { ...policy, cachingPolicy });
  return saved.version;
}

async function ask(gatewayUrl: string, key: string | undefined, question: string) {
  // As slow as a provider: the simulator is faster than texts can be read by meaning.
  const response = await chat(gatewayUrl, key, `${question} [[delay:25]]`);
  const body = (await response.json()) as { choices?: { message: { content: string } }[] };
  return {
    status: response.status,
    cache: response.headers.get('x-rolegate-cache'),
    policyVersion: Number(response.headers.get('x-rolegate-policy-version')),
    content: body.choices?.[0]?.message.content,
  };
}

describe('kill -9 while answers are stored', () => {
  it('keeps every answer that is older than a second, whole and to its own question, and the next start answers from them', async () => {
    const dataDir = join(await temporaryDirectory(), 'data');
    const env = { ROLEGATE_ADMIN_TOKEN: ADMIN_TOKEN };
    const first = start({ dataDir, env });
    const { consoleUrl, gatewayUrl, demoKey } = await first.ready;
    const version = await switchCacheOn(consoleUrl);
    await expect
      .poll(async () => (await ask(gatewayUrl, demoKey, 'hello')).policyVersion)
      .toBe(version);

    const answered: Answered[] = [];
    let next = 0;
    let until = Infinity;
    let killedAt = 0;
    const client = async () => {
      while (killedAt === 0) {
        const question = questionOf(next++);
        const answer = await ask(gatewayUrl, demoKey, question).catch(() => undefined);
        const at = Date.now();
        if (killedAt === 0 && answer?.status === 200 && answer.content)
          answered.push({ question, content: answer.content, at });
        if (answered.length === ANSWERS) until = at + LOAD_MS;
        if (at > until && killedAt === 0) {
          killedAt = at;
          process.kill(first.nodePid(), 'SIGKILL');
        }
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    expect(await first.ended).toBe('SIGKILL');

    const second = start({ dataDir, env });
    const again = await second.ready;
    expect((await ask(again.gatewayUrl, demoKey, 'hello')).status).toBe(200);
    const old = answered.filter(({ at }) => at < killedAt - KEPT_AFTER_MS);
    expect(old.length).toBeGreaterThanOrEqual(ANSWERS);
    expect(answered.length).toBeGreaterThan(old.length);

    const seen = await Promise.all(
      answered.map(async (before) => ({
        ...before,
        now: await ask(again.gatewayUrl, demoKey, before.question),
      })),
    );
    const isHit = ({ now }: (typeof seen)[number]) => now.cache?.startsWith('hit') ?? false;
    const lost = seen.filter((each) => each.at < killedAt - KEPT_AFTER_MS && !isHit(each));
    const torn = seen.filter(({ now, content }) => now.status !== 200 || now.content !== content);
    expect({ lost, torn }).toEqual({ lost: [], torn: [] });
    // The simulator repeats what it was asked.
    expect(answered.filter(({ question, content }) => !content.includes(question))).toEqual([]);
    expect(second.output()).not.toContain('cannot be read');
    expect(await second.stop()).toBe(0);
  });
});
