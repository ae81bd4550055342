import { describe, expect } from 'vitest';
import { it } from './testing/connected-cli';

/** The first lines of a file: whose it is. */
const SUPPORT = 'tenant: acme\nrole: support';

const policy = (whose = SUPPORT) => `${whose}
toolPolicies: { enabled: true, allowToolCalling: false }
modelRestrictions: { enabled: true, allowedModels: [sandbox/*], maxOutputTokens: 100 }
budgetPolicy: { enabled: true, dailyLimitUSD: 1, maxCostPerRequest: 0.01 }
rateLimitPolicy: { enabled: true, requestsPerMinute: 1 }
routingPolicy:
  enabled: true
  strategy: cost
  costConfig:
    simpleQueryThreshold: 0.7
    complexQueryThreshold: 0.9
    simpleModels: [sandbox/small]
    mediumModels: [sandbox/medium]
    complexModels: [sandbox/large]
`;
const ask = (more: object) =>
  JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...more });
const cases = (whose = SUPPORT) => `${whose}
cases:
  - name: sends simple questions to the cheap model
    request: ${ask({})}
    expect: { status: 200, provider: sandbox, model: small, route: { strategy: cost, reason: simple } }
  - name: and again, since nothing is consumed
    request: ${ask({})}
    expect: { status: 200 }
  - name: refuses tools
    request: ${ask({ tools: [{ type: 'function', function: { name: 'f' } }] })}
    expect: { status: 403, code: tools_not_allowed, stages: { tools: { verdict: deny } } }
  - name: refuses other models
    request: ${ask({ model: 'openai/gpt-4o' })}
    expect: { status: 403, code: model_not_allowed }
  - name: clamps long answers
    request: ${ask({ model: 'sandbox/small', max_tokens: 5000 })}
    expect: { status: 200, warnings: [max_tokens_clamped] }
  - name: refuses dear requests
    request: ${ask({ model: 'sandbox/large', messages: [{ role: 'user', content: 'x '.repeat(2000) }] })}
    expect: { status: 429, code: request_cost_exceeded }
`;

describe('evaluate', () => {
  it('passes the same cases offline and on the server, and changes nothing there', async ({
    cli,
    tenant,
  }) => {
    const { name, at, file } = await cli.pulledRole();
    const whose = `tenant: ${tenant.slug}\nrole: ${name}`;
    cli.write({ [file]: policy(whose), [file.replace('.yaml', '.cases.yaml')]: cases(whose) });
    const online = await cli.run('evaluate', '--online');
    expect(online.out).toContain('6 cases: 6 passed');
    cli.fetch = () => Promise.reject(new Error('offline'));
    const offline = await cli.run('evaluate');
    expect(offline).toMatchObject({ exit: 0, err: '' });
    expect(offline.out).toContain('6 cases: 6 passed');
    const stored = await tenant.owner.get(at);
    expect(stored.body).toMatchObject({ version: 1 });
  });

  it('judges with --saved what the server holds, whatever the files say', async ({
    cli,
    tenant,
  }) => {
    const { name, file } = await cli.pulledRole();
    const whose = `tenant: ${tenant.slug}\nrole: ${name}`;
    cli.write({ [file]: policy(whose), 'policies/a.cases.yaml': cases(whose) });
    const { exit, body } = await cli.json('evaluate', '--saved');
    expect(exit).toBe(1);
    // The role's own policy is all off: no routing, so a model is required, and no refusals.
    expect(body).toMatchObject({ ok: false, failed: 6 });
  });

  it('prints what differs like a test runner, and fails', async ({ offlineCli: cli }) => {
    cli.write({
      'policies/a.yaml': policy(),
      'policies/a.cases.yaml': cases().replace('model: small', 'model: large'),
    });
    const { exit, out } = await cli.run('evaluate');
    expect(exit).toBe(1);
    expect(out).toContain(
      [
        '  ✗ sends simple questions to the cheap model policies/a.cases.yaml:4',
        '      model',
        '      - expected  "large"',
        '      + received  "small"',
        '  ✓ and again, since nothing is consumed',
      ].join('\n'),
    );
    expect(out).toMatch(/6 cases: 1 failed, 5 passed in \d+ ms\.\n$/);
    expect(out).not.toContain('\u001b[');
  });

  it('colours for a terminal unless NO_COLOR says not to', async ({ offlineCli: cli }) => {
    cli.write({ 'policies/a.yaml': policy(), 'policies/a.cases.yaml': cases() });
    cli.env = { FORCE_COLOR: '1' };
    expect((await cli.run('evaluate')).out).toContain('\u001b[32m✓');
    cli.env = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect((await cli.run('evaluate')).out).not.toContain('\u001b[');
  });

  it.for<[string, RegExp]>([
    ['cases: []', /^policies\/a\.cases\.yaml:\d+:\d+: /],
    ['casess: []', /^policies\/a\.cases\.yaml:\d+:\d+: /],
    ['cases:\n  - { name: x, request: { }, expects: {} }', /^policies\/a\.cases\.yaml:4:\d+: /],
    ['role:\ncases: [{ name: x, request: {}, expect: {} }]', /^policies\/a\.cases\.yaml:3:\d+: /],
  ])('tells what is wrong with a file of cases: %s', async ([rest, said], { offlineCli: cli }) => {
    cli.write({
      'policies/a.yaml': policy(),
      'policies/a.cases.yaml': `${SUPPORT}\n${rest}\n`,
    });
    const { exit, err } = await cli.run('evaluate');
    expect([exit, err.split('\n')[0]]).toEqual([1, expect.stringMatching(said)]);
  });

  it('takes cases of several roles of a tenant in one file', async ({ offlineCli: cli }) => {
    const role = (name: string, tools: boolean) =>
      `tenant: acme\nrole: ${name}\ntoolPolicies: { enabled: true, allowToolCalling: ${tools} }\n`;
    const request = ask({
      model: 'sandbox/small',
      tools: [{ type: 'function', function: { name: 'f' } }],
    });
    cli.write({
      'policies/a.yaml': role('a', true),
      'policies/b.yaml': role('b', false),
      'policies/both.cases.yaml': `tenant: acme
role: a
cases:
  - { name: a may, request: ${request}, expect: { status: 200 } }
  - { name: b may not, role: b, request: ${request}, expect: { status: 403 } }
`,
    });
    expect((await cli.run('evaluate')).out).toContain('2 cases: 2 passed');
  });

  it('fails when no policy file describes the role, or there are no cases', async ({
    offlineCli: cli,
  }) => {
    cli.write({ 'policies/a.yaml': policy() });
    expect((await cli.run('evaluate')).err).toContain('There are no cases.');
    cli.write({ 'policies/a.cases.yaml': cases().replace('role: support', 'role: sales') });
    expect((await cli.run('evaluate')).err).toContain(
      'no policy file describes the role acme/sales',
    );
  });
});
