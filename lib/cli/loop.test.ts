import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  bootstrap,
  createTestTenant,
  BOOTSTRAP_TOKEN,
  type TestTenant,
} from '@/lib/admin/testing/fixture';
import { serveApp } from '@/lib/admin/testing/app-routes';
import { testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import { TestCli } from './testing/run-cli';

const SERVER = 'http://localhost:3000';
const WEBHOOK = 'https://hooks.example.com/very-secret-path';

const database = await testDatabase();
const runtime = await getRuntime();
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

let tenant: TestTenant;
let cli: TestCli;
let path: string;
let requests: string[];
beforeAll(async () => {
  tenant = await createTestTenant('free');
  await tenant.owner.post(`${tenant.path}/providers`, { kind: 'sandbox', name: 'sandbox' });
});
beforeEach(() => {
  cli = new TestCli();
  cli.env = { ...cli.env, ROLEGATE_SERVER: SERVER, ROLEGATE_TOKEN: BOOTSTRAP_TOKEN };
  requests = [];
  cli.fetch = (input, init) => {
    const request = new Request(input, init);
    requests.push(`${request.method} ${new URL(request.url).pathname}`);
    return serveApp(request);
  };
  path = `policies/${tenant.slug}/default.yaml`;
});
afterEach(() => cli.close());

let number = 0;
/** A fresh role of the tenant, pulled into the folder. */
async function pulledRole(
  policy: object = {},
): Promise<{ name: string; file: string; at: string }> {
  const name = `role-${(number += 1)}`;
  await tenant.owner.post(`${tenant.path}/roles`, { name });
  const at = `${tenant.path}/roles/${name}/policy`;
  await tenant.owner.put(at, policy, { 'if-match': '*' });
  expect((await cli.run('pull', '--tenant', tenant.slug, '--role', name)).exit).toBe(0);
  return { name, at, file: `policies/${tenant.slug}/${name}.yaml` };
}
const stored = async (at: string) =>
  (await tenant.owner.get(at)).body as {
    version: number;
    policy: Record<string, Record<string, unknown>>;
  };
const edit = (file: string, from: string, to: string) => {
  const text = cli.read(file);
  expect(text).toContain(from);
  cli.write({ [file]: text.replace(from, to) });
};

describe('login', () => {
  it('keeps the token for its owner alone and never prints it', async () => {
    delete cli.env.ROLEGATE_TOKEN;
    cli.input = `${BOOTSTRAP_TOKEN}\n`;
    const { exit, out, err } = await cli.run('login', '--server', SERVER);
    expect([exit, err]).toEqual([0, '']);
    expect(out).not.toContain(BOOTSTRAP_TOKEN);
    const file = join(cli.cwd, '.config/rolegate/credentials.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    delete cli.env.ROLEGATE_SERVER;
    expect((await cli.run('pull', '--tenant', tenant.slug)).exit).toBe(0);
  });

  it('stores nothing that the server does not accept, and does not repeat it', async () => {
    delete cli.env.ROLEGATE_TOKEN;
    cli.input = 'rga_wrong-token-of-somebody';
    const { exit, out, err } = await cli.run('login', '--server', SERVER);
    expect(exit).toBe(1);
    expect(`${out}${err}`).not.toContain('rga_wrong');
    expect((await cli.run('plan')).err).toContain('There is no policies');
    cli.write({ 'policies/a.yaml': 'tenant: a\nrole: a\n' });
    expect((await cli.run('plan')).err).toContain('Not signed in');
  });

  it('sends no token in the clear to another machine', async () => {
    const { exit, err } = await cli.run('login', '--server', 'http://rolegate.example.com');
    expect([exit, err]).toEqual([1, 'rolegate: The token would travel in the clear: use https.\n']);
    expect(requests).toEqual([]);
  });
});

describe('pull, plan and apply', () => {
  it('writes files that are in step with the server, with a schema beside them', async () => {
    expect((await cli.run('pull', '--tenant', tenant.slug)).exit).toBe(0);
    expect(cli.read(path)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/rolegate\.schema\.json\n/,
    );
    expect(cli.read(path)).toContain('dailyLimitUSD: 1');
    const schema = JSON.parse(cli.read('policies/rolegate.schema.json')) as { required: string[] };
    expect(schema.required).toEqual(['tenant', 'role']);
    expect(await cli.run('plan')).toMatchObject({ exit: 0 });
    expect(await cli.run('validate')).toMatchObject({ exit: 0 });
  });

  it('plans with 2, applies what was planned, and is then in step', async () => {
    const { file, at, name } = await pulledRole({
      budgetPolicy: { enabled: true, dailyLimitUSD: 1 },
    });
    edit(file, 'dailyLimitUSD: 1', 'dailyLimitUSD: 2 # doubled');
    const plan = await cli.run('plan');
    expect(plan.exit).toBe(2);
    expect(plan.out).toContain('Budget · Daily limit: $1.00 → $2.00');
    expect((await stored(at)).policy.budgetPolicy?.dailyLimitUSD).toBe(1);
    expect(await cli.run('apply', '--yes', '--comment', 'Twice as much')).toMatchObject({
      exit: 0,
    });
    expect((await stored(at)).policy.budgetPolicy?.dailyLimitUSD).toBe(2);
    const revisions = await tenant.owner.get(`${at}/revisions`);
    expect(revisions.body).toMatchObject({ items: [{ comment: 'Twice as much' }, {}, {}] });
    expect(await cli.json('plan')).toMatchObject({
      exit: 0,
      body: { changes: 0, items: [{ role: name, action: 'unchanged' }] },
    });
  });

  it('asks before it applies, and does nothing on no', async () => {
    const { file, at } = await pulledRole();
    cli.write({ [file]: `${cli.read(file)}promptPolicies: { enabled: true, maxMessages: 3 }\n` });
    expect(await cli.run('apply')).toMatchObject({
      exit: 2,
      err: 'rolegate: Nobody can be asked here: add --yes to apply.\n',
    });
    cli.interactive = true;
    cli.input = 'n';
    expect(await cli.run('apply')).toMatchObject({ exit: 2 });
    expect((await stored(at)).policy.promptPolicies?.maxMessages).toBe(0);
    cli.input = 'y';
    expect(await cli.run('apply')).toMatchObject({ exit: 0 });
    expect(cli.questions).toEqual(['Apply to 1 role? [y/N] ', 'Apply to 1 role? [y/N] ']);
    expect((await stored(at)).policy.promptPolicies?.maxMessages).toBe(3);
  });

  it('refuses when the server moved, pulls the change, keeps comments, and applies then', async () => {
    const { file, at } = await pulledRole({ promptPolicies: { enabled: true, maxMessages: 5 } });
    edit(file, 'maxMessages: 5', 'maxMessages: 6 # agreed');
    await tenant.owner.put(
      at,
      { promptPolicies: { enabled: true, maxMessages: 5, maxPromptChars: 99 } },
      { 'if-match': '*' },
    );
    const refused = await cli.run('apply', '--yes');
    expect(refused.exit).toBe(3);
    expect(refused.out).toContain('the server moved');
    expect((await stored(at)).policy.promptPolicies?.maxMessages).toBe(5);
    expect(requests.filter((request) => request.startsWith('PUT'))).toEqual([]);

    expect(await cli.run('pull')).toMatchObject({ exit: 0 });
    expect(cli.read(file)).toContain('maxMessages: 6 # agreed');
    expect(cli.read(file)).toContain('maxPromptChars: 99');
    expect(await cli.run('apply', '--yes')).toMatchObject({ exit: 0 });
    expect((await stored(at)).policy.promptPolicies).toMatchObject({
      maxMessages: 6,
      maxPromptChars: 99,
    });
  });

  it('refuses when the server moved between the plan and its application', async () => {
    const { file, at } = await pulledRole({ promptPolicies: { maxMessages: 5 } });
    edit(file, 'maxMessages: 5', 'maxMessages: 6');
    expect((await cli.run('plan', '--out', 'plan.json')).exit).toBe(2);
    edit(file, 'maxMessages: 6', 'maxMessages: 7');
    expect(await cli.run('apply', '--yes', '--plan', 'plan.json')).toMatchObject({ exit: 3 });
    edit(file, 'maxMessages: 7', 'maxMessages: 6');
    const real = cli.fetch;
    cli.fetch = async (input, init) => {
      // Somebody saves at the very last moment: after all was checked, before the change arrives.
      if (init?.method === 'PUT') await tenant.owner.put(at, {}, { 'if-match': '*' });
      return real(input, init);
    };
    const { exit, err } = await cli.run('apply', '--yes', '--plan', 'plan.json');
    expect(exit).toBe(3);
    expect(err).toContain('Nothing was applied.');
    expect((await stored(at)).policy.promptPolicies?.maxMessages).toBe(0);
  });

  it('tells a field that both sides changed with its place, and takes whose value is asked for', async () => {
    const { file, at } = await pulledRole({ promptPolicies: { maxMessages: 5 } });
    edit(file, 'maxMessages: 5', 'maxMessages: 6');
    await tenant.owner.put(at, { promptPolicies: { maxMessages: 7 } }, { 'if-match': '*' });
    const before = cli.read(file);
    const { exit, err } = await cli.run('pull');
    expect(exit).toBe(1);
    expect(err).toMatch(
      new RegExp(
        `^${file}:\\d+:3: Prompts · Most messages: here 6 messages, on the server 7 messages, was 5 messages\\.`,
      ),
    );
    expect(cli.read(file)).toBe(before);
    expect((await cli.run('apply', '--yes')).exit).toBe(3);
    expect((await cli.run('pull', '--take', 'theirs')).exit).toBe(0);
    expect(cli.read(file)).toContain('maxMessages: 7');
  });

  it('shows with diff what differs, whoever changed it', async () => {
    const { at } = await pulledRole({ promptPolicies: { maxMessages: 5 } });
    expect((await cli.run('diff')).exit).toBe(0);
    await tenant.owner.put(at, { promptPolicies: { maxMessages: 7 } }, { 'if-match': '*' });
    const { exit, out } = await cli.run('diff');
    expect(exit).toBe(2);
    expect(out).toContain('Most messages: 7 messages → 5 messages');
  });

  it('creates a role with its policy or not at all', async () => {
    const create = async (name: string, section: string) => {
      cli.write({ [`policies/${name}.yaml`]: `tenant: ${tenant.slug}\nrole: ${name}\n${section}` });
      return cli.run('apply', `policies/${name}.yaml`, '--yes');
    };
    expect(await create('made', 'promptPolicies: { maxMessages: 2 }\n')).toMatchObject({ exit: 0 });
    const made = await stored(`${tenant.path}/roles/made/policy`);
    expect(made.policy.promptPolicies?.maxMessages).toBe(2);
    // Only the server knows that this address may not be called.
    const refused = await create('unmade', 'budgetPolicy: { alertSlack: "http://127.0.0.1/x" }\n');
    expect(refused.exit).toBe(1);
    expect(refused.err).toContain('Nothing was applied.');
    expect((await tenant.owner.get(`${tenant.path}/roles/unmade`)).status).toBe(404);
  });

  it('applies nothing when the server would refuse one of several', async () => {
    const first = await pulledRole();
    const second = await pulledRole();
    cli.write({
      [first.file]: `${cli.read(first.file)}promptPolicies: { maxMessages: 2 }\n`,
      [second.file]: `${cli.read(second.file)}budgetPolicy: { alertSlack: "http://10.0.0.1/x" }\n`,
    });
    const { exit, err } = await cli.run('apply', '--yes');
    expect(exit).toBe(1);
    expect(err).toContain('nothing was applied');
    expect((await stored(first.at)).policy.promptPolicies?.maxMessages).toBe(0);
  });

  it('deletes what no file describes only when asked to, and never the default role', async () => {
    const { file, at } = await pulledRole();
    const kept = await pulledRole();
    rmSync(join(cli.cwd, file));
    expect((await cli.json('plan')).exit).toBe(0);
    const planned = await cli.json('plan', '--prune');
    expect(planned.exit).toBe(2);
    const items = (planned.body as { items: { role: string; action: string }[] }).items;
    const deleted = items.filter(({ action }) => action === 'delete').map(({ role }) => role);
    expect(deleted).not.toContain('default');
    expect(deleted).not.toContain(kept.name);
    expect((await cli.run('apply', '--prune', '--yes')).exit).toBe(0);
    expect((await tenant.owner.get(at)).status).toBe(404);
    expect((await tenant.owner.get(kept.at)).status).toBe(200);
  });
});

describe('secrets', () => {
  it('stay on the server: no file, lock, plan or diff has them, and applying leaves them', async () => {
    const { file, at } = await pulledRole({
      budgetPolicy: { enabled: true, dailyLimitUSD: 1, alertWebhook: WEBHOOK },
    });
    edit(file, 'dailyLimitUSD: 1', 'dailyLimitUSD: 2');
    const { out } = await cli.run('plan', '--out', 'plan.json');
    const applied = await cli.json('apply', '--yes');
    for (const text of [
      cli.read(file),
      cli.read('policies/rolegate.lock.json'),
      cli.read('plan.json'),
      out,
      JSON.stringify(applied.body),
    ]) {
      expect(text).not.toContain('very-secret-path');
    }
    expect((await stored(at)).policy.budgetPolicy).toMatchObject({
      dailyLimitUSD: 2,
      alertWebhook: WEBHOOK,
    });
  });

  it('come from the environment where a file names a variable', async () => {
    const { file, at } = await pulledRole({ budgetPolicy: { dailyLimitUSD: 1 } });
    edit(file, 'dailyLimitUSD: 1', 'dailyLimitUSD: 1\n  alertSlack: ${SLACK_URL}');
    expect((await cli.run('plan')).exit).toBe(1);
    cli.env.SLACK_URL = WEBHOOK;
    const { exit, out } = await cli.run('apply', '--yes');
    expect(exit).toBe(0);
    expect(out).not.toContain('very-secret-path');
    expect((await stored(at)).policy.budgetPolicy?.alertSlack).toBe(WEBHOOK);
    expect((await cli.run('plan')).exit).toBe(0);
  });
});

describe('lint', () => {
  it('tells findings with line and column, and fails for errors', async () => {
    const { file, name } = await pulledRole({ budgetPolicy: { enabled: true, weeklyLimitUSD: 5 } });
    edit(file, 'weeklyLimitUSD: 5', 'weeklyLimitUSD: 5\n  monthlyLimitUSD: 2');
    const warned = await cli.run('lint', file);
    expect(warned.exit).toBe(0);
    expect(warned.out).toMatch(/:6:3: warning The weekly limit \(\$5\) is above the monthly one/);
    expect((await cli.run('lint', file, '--strict')).exit).toBe(1);
    cli.write({
      [file]: `tenant: ${tenant.slug}\nrole: ${name}\nmodelRestrictions:\n  enabled: true\n  defaultModel: sandbox/gone\n  allowedProviders: [nobody, sandbox]\n`,
    });
    // The connections are in the lock file since the pull; the server says the same.
    for (const mode of [[], ['--online']]) {
      const { exit, body } = await cli.json('lint', ...mode);
      const findings = (body as { findings: { rule: string; line: number }[] }).findings;
      expect([exit, findings.map(({ rule, line }) => `${rule} ${line}`)]).toEqual([
        1,
        ['allowed-provider-missing 6'],
      ]);
    }
  });
});

describe('keys', () => {
  it('are made, listed without their secret, and revoked', async () => {
    const { name } = await pulledRole();
    const where = ['--tenant', tenant.slug];
    const made = await cli.run('keys', 'create', 'ci', '--role', name, ...where);
    expect(made.out).toMatch(/^rg_\S+\n$/);
    const listed = await cli.run('keys', 'list', '--role', name, ...where);
    expect(listed.out).toContain(' ci ');
    expect(listed.out).not.toContain(made.out.trim());
    expect((await cli.run('keys', 'revoke', 'ci', ...where)).exit).toBe(0);
    expect((await cli.run('keys', 'list', '--role', name, ...where)).out).not.toContain(' ci ');
  });
});

describe('a tenant of somebody else', () => {
  it('is one that there is not', async () => {
    const other = await createTestTenant();
    const token = await bootstrap.post(`${tenant.path}/tokens`, { name: 'own', role: 'owner' });
    cli.env.ROLEGATE_TOKEN = (token.body as { secret: string }).secret;
    cli.write({ 'policies/a.yaml': `tenant: ${other.slug}\nrole: default\n` });
    expect(await cli.run('apply', '--yes')).toEqual({
      exit: 1,
      out: '',
      err: `rolegate: tenant ${other.slug}: There is no such tenant.\n`,
    });
  });
});
