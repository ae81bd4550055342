import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { BOOTSTRAP_TOKEN, bootstrap, createTestTenant } from '@/lib/admin/testing/fixture';
import { it, SERVER } from './testing/connected-cli';

const WEBHOOK = 'https://hooks.example.com/very-secret-path';

describe('login', () => {
  it('keeps the token for its owner alone and never prints it', async ({ cli, tenant }) => {
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

  it('stores nothing that the server does not accept, and does not repeat it', async ({ cli }) => {
    delete cli.env.ROLEGATE_TOKEN;
    cli.input = 'rga_wrong-token-of-somebody';
    const { exit, out, err } = await cli.run('login', '--server', SERVER);
    expect(exit).toBe(1);
    expect(`${out}${err}`).not.toContain('rga_wrong');
    expect((await cli.run('plan')).err).toContain('There is no policies');
    cli.write({ 'policies/a.yaml': 'tenant: a\nrole: a\n' });
    expect((await cli.run('plan')).err).toContain('Not signed in');
  });

  it('sends no token in the clear to another machine', async ({ cli }) => {
    const { exit, err } = await cli.run('login', '--server', 'http://rolegate.example.com');
    expect([exit, err]).toEqual([1, 'rolegate: The token would travel in the clear: use https.\n']);
    expect(cli.requests).toEqual([]);
  });
});

describe('secrets', () => {
  it('stay on the server: no file, lock, plan or diff has them, and applying leaves them', async ({
    cli,
  }) => {
    const { file, at } = await cli.pulledRole({
      budgetPolicy: { enabled: true, dailyLimitUSD: 1, alertWebhook: WEBHOOK },
    });
    cli.edit(file, 'dailyLimitUSD: 1', 'dailyLimitUSD: 2');
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
    expect(await cli.section(at, 'budgetPolicy')).toMatchObject({
      dailyLimitUSD: 2,
      alertWebhook: WEBHOOK,
    });
  });

  it('come from the environment where a file names a variable', async ({ cli }) => {
    const { file, at } = await cli.pulledRole({ budgetPolicy: { dailyLimitUSD: 1 } });
    cli.edit(file, 'dailyLimitUSD: 1', 'dailyLimitUSD: 1\n  alertSlack: ${SLACK_URL}');
    const unset = await cli.run('plan');
    expect(unset.exit).toBe(1);
    expect(unset.err).toMatch(/^\S+\.yaml:\d+:3: The variable SLACK_URL is not set\.$/m);
    // Without a server there is nothing to send it to.
    expect((await cli.run('validate')).exit).toBe(0);
    cli.env.SLACK_URL = WEBHOOK;
    const { exit, out } = await cli.run('apply', '--yes');
    expect(exit).toBe(0);
    expect(out).not.toContain('very-secret-path');
    expect((await cli.section(at, 'budgetPolicy')).alertSlack).toBe(WEBHOOK);
    expect((await cli.run('plan')).exit).toBe(0);
    cli.edit(file, '${SLACK_URL}', "''");
    expect((await cli.run('apply', '--yes')).exit).toBe(0);
    expect((await cli.section(at, 'budgetPolicy')).alertSlack).toBe('');
  });

  it('that only the server has count as set when a file is linted', async ({ cli }) => {
    const policy = { budgetPolicy: { enabled: true, dailyLimitUSD: 1 } };
    const told = async (file: string) =>
      (await cli.run('lint', file)).out.includes('alerts-reach-nobody');
    expect(await told((await cli.pulledRole(policy)).file)).toBe(true);
    const budgetPolicy = { ...policy.budgetPolicy, alertWebhook: WEBHOOK };
    const { file } = await cli.pulledRole({ budgetPolicy });
    expect(cli.read(file)).not.toContain('alertWebhook');
    expect(await told(file)).toBe(false);
  });
});

describe('lint', () => {
  it('tells findings with line and column, and fails for errors', async ({ cli, tenant }) => {
    const { file, name } = await cli.pulledRole({
      budgetPolicy: { enabled: true, weeklyLimitUSD: 5 },
    });
    cli.edit(file, 'weeklyLimitUSD: 5', 'weeklyLimitUSD: 5\n  monthlyLimitUSD: 2');
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
  it('are made, listed without their secret, and revoked', async ({ cli, tenant }) => {
    const { name } = await cli.pulledRole();
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
  it('is one that there is not', async ({ cli, tenant }) => {
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
