import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { testGateway, type TestGateway } from '../testing/test-gateway';
import { sendCompletion } from '../testing/test-upstream';

type ToolPolicies = NonNullable<RolePolicyInput['toolPolicies']>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
beforeEach(() => gateway.upstream.answer(({ response }) => sendCompletion(response)));
afterAll(() => gateway.close());

const rule = (policy: ToolPolicies) =>
  gateway.setPolicy({ toolPolicies: { enabled: true, ...policy } });
const tools = (...names: string[]) =>
  names.map((name) => ({ type: 'function', function: { name } }));
const answerWith = (...names: string[]) =>
  gateway.upstream.answer(({ response }) =>
    sendCompletion(response, { content: null, toolCalls: names.map((name) => ({ name })) }),
  );

async function ask(body: object): Promise<string> {
  const answer = await gateway.chat(body);
  const text = await answer.text();
  return answer.status === 200
    ? 'ok'
    : `${answer.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
}

/** Names of the tools that reached the upstream. */
const offered = () =>
  (gateway.upstream.requests.at(-1)?.request.tools ?? []).map((tool) => tool.function?.name);

describe('toolPolicies', () => {
  it('enabled: off, nothing else in the section counts', async () => {
    gateway.setPolicy({
      toolPolicies: { allowToolCalling: false, blockedTools: ['*'], maxToolsPerRequest: 1 },
    });
    expect(await ask({ tools: tools('a', 'b') })).toBe('ok');
    expect(offered()).toEqual(['a', 'b']);
  });

  it('allowToolCalling: refuses tools and legacy functions', async () => {
    rule({ allowToolCalling: false });
    expect(await ask({ tools: tools('a') })).toBe('403 tools_not_allowed');
    expect(await ask({ functions: [{ name: 'a' }] })).toBe('403 tools_not_allowed');
    expect(await ask({})).toBe('ok');
    rule({ allowToolCalling: true });
    expect(await ask({ tools: tools('a') })).toBe('ok');
  });

  it('allowedTools: only these', async () => {
    rule({ allowedTools: ['get_*'] });
    expect(await ask({ tools: tools('get_weather') })).toBe('ok');
    expect(await ask({ tools: tools('get_weather', 'pay') })).toBe('403 tool_not_allowed');
    expect(await ask({ functions: [{ name: 'pay' }] })).toBe('403 tool_not_allowed');
  });

  it('blockedTools: wins over allowedTools', async () => {
    rule({ allowedTools: ['*'], blockedTools: ['pay'] });
    expect(await ask({ tools: tools('read') })).toBe('ok');
    expect(await ask({ tools: tools('pay') })).toBe('403 tool_not_allowed');
    expect(
      await ask({
        tools: tools('read'),
        tool_choice: { type: 'function', function: { name: 'pay' } },
      }),
    ).toBe('403 tool_not_allowed');
  });

  it('maxToolsPerRequest: refuses more', async () => {
    rule({ maxToolsPerRequest: 2 });
    expect(await ask({ tools: tools('a', 'b') })).toBe('ok');
    expect(await ask({ tools: tools('a', 'b', 'c') })).toBe('403 too_many_tools');
  });

  it('blockedTools: also in the answer, which has been paid for', async () => {
    rule({ blockedTools: ['pay'] });
    answerWith('pay');
    const answer = await gateway.chat({});
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('tool_not_allowed');
    const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(receipt.tokens).toMatchObject({ input: 10, output: 5, estimated: false });
    expect(receipt.attempts).toHaveLength(1);
  });

  it('maxToolCallsPerResponse: refuses an answer with more', async () => {
    rule({ maxToolCallsPerResponse: 1 });
    answerWith('a');
    expect(await ask({ tools: tools('a') })).toBe('ok');
    answerWith('a', 'b');
    expect(await ask({ tools: tools('a', 'b') })).toMatch(/^403 /);
  });

  it('onViolation strip: takes out what is not permitted and warns, in the request', async () => {
    rule({ blockedTools: ['pay'], onViolation: 'strip' });
    const answer = await gateway.chat({ tools: tools('read', 'pay') });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-rolegate-warnings')).toContain('tools_stripped');
    expect(offered()).toEqual(['read']);
  });

  it('onViolation strip: and in the answer', async () => {
    rule({ maxToolCallsPerResponse: 1, onViolation: 'strip' });
    answerWith('a', 'b');
    const answer = await gateway.chat({ tools: tools('a', 'b') });
    expect(answer.headers.get('x-rolegate-warnings')).toContain('tools_stripped');
    const { choices } = (await answer.json()) as {
      choices: {
        finish_reason: string;
        message: { tool_calls: { function: { name: string } }[] };
      }[];
    };
    expect(choices[0]?.message.tool_calls.map((call) => call.function.name)).toEqual(['a']);
    expect(choices[0]?.finish_reason).toBe('tool_calls');
  });
});
