import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from './testing/connected-cli';

describe('pull, plan and apply', () => {
  it('writes files that are in step with the server, with a schema beside them', async ({
    cli,
    tenant,
  }) => {
    expect((await cli.run('pull', '--tenant', tenant.slug)).exit).toBe(0);
    expect(cli.read(`policies/${tenant.slug}/default.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/rolegate\.schema\.json\n/,
    );
    expect(cli.read(`policies/${tenant.slug}/default.yaml`)).toContain('dailyLimitUSD: 1');
    const schema = JSON.parse(cli.read('policies/rolegate.schema.json')) as { required: string[] };
    expect(schema.required).toEqual(['tenant', 'role']);
    expect(await cli.run('plan')).toMatchObject({ exit: 0 });
    expect(await cli.run('validate')).toMatchObject({ exit: 0 });
  });

  it('plans with 2, applies what was planned, and is then in step', async ({ cli, tenant }) => {
    const { file, at, name } = await cli.pulledRole({
      budgetPolicy: { enabled: true, dailyLimitUSD: 1 },
    });
    cli.edit(file, 'dailyLimitUSD: 1', 'dailyLimitUSD: 2 # doubled');
    const plan = await cli.run('plan');
    expect(plan.exit).toBe(2);
    expect(plan.out).toContain('Budget · Daily limit: $1.00 → $2.00');
    expect((await cli.section(at, 'budgetPolicy')).dailyLimitUSD).toBe(1);
    expect(await cli.run('apply', '--yes', '--comment', 'Twice as much')).toMatchObject({
      exit: 0,
    });
    expect((await cli.section(at, 'budgetPolicy')).dailyLimitUSD).toBe(2);
    const revisions = await tenant.owner.get(`${at}/revisions`);
    expect(revisions.body).toMatchObject({ items: [{ comment: 'Twice as much' }, {}, {}] });
    expect(await cli.json('plan')).toMatchObject({
      exit: 0,
      body: { changes: 0, items: [{ role: name, action: 'unchanged' }] },
    });
  });

  it('asks before it applies, and does nothing on no', async ({ cli }) => {
    const { file, at } = await cli.pulledRole();
    cli.write({ [file]: `${cli.read(file)}promptPolicies: { enabled: true, maxMessages: 3 }\n` });
    expect(await cli.run('apply')).toMatchObject({
      exit: 2,
      err: 'rolegate: Nobody can be asked here: add --yes to apply.\n',
    });
    cli.interactive = true;
    cli.input = 'n';
    expect(await cli.run('apply')).toMatchObject({ exit: 2 });
    expect((await cli.section(at, 'promptPolicies')).maxMessages).toBe(0);
    cli.input = 'y';
    expect(await cli.run('apply')).toMatchObject({ exit: 0 });
    expect(cli.questions).toEqual(['Apply to 1 role? [y/N] ', 'Apply to 1 role? [y/N] ']);
    expect((await cli.section(at, 'promptPolicies')).maxMessages).toBe(3);
  });

  it('refuses when the server moved, pulls the change, keeps comments, and applies then', async ({
    cli,
    tenant,
  }) => {
    const { file, at } = await cli.pulledRole({
      promptPolicies: { enabled: true, maxMessages: 5 },
    });
    cli.edit(file, 'maxMessages: 5', 'maxMessages: 6 # agreed');
    await tenant.owner.put(
      at,
      { promptPolicies: { enabled: true, maxMessages: 5, maxPromptChars: 99 } },
      { 'if-match': '*' },
    );
    const refused = await cli.run('apply', '--yes');
    expect(refused.exit).toBe(3);
    expect(refused.out).toContain('the server moved');
    expect((await cli.section(at, 'promptPolicies')).maxMessages).toBe(5);
    expect(cli.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);

    expect(await cli.run('pull')).toMatchObject({ exit: 0 });
    expect(cli.read(file)).toContain('maxMessages: 6 # agreed');
    expect(cli.read(file)).toContain('maxPromptChars: 99');
    expect(await cli.run('apply', '--yes')).toMatchObject({ exit: 0 });
    expect(await cli.section(at, 'promptPolicies')).toMatchObject({
      maxMessages: 6,
      maxPromptChars: 99,
    });
  });

  it('refuses when the server moved between the plan and its application', async ({
    cli,
    tenant,
  }) => {
    const { file, at } = await cli.pulledRole({ promptPolicies: { maxMessages: 5 } });
    cli.edit(file, 'maxMessages: 5', 'maxMessages: 6');
    expect((await cli.run('plan', '--out', 'plan.json')).exit).toBe(2);
    cli.edit(file, 'maxMessages: 6', 'maxMessages: 7');
    expect(await cli.run('apply', '--yes', '--plan', 'plan.json')).toMatchObject({ exit: 3 });
    cli.edit(file, 'maxMessages: 7', 'maxMessages: 6');
    const real = cli.fetch;
    cli.fetch = async (input, init) => {
      // Somebody saves at the very last moment: after all was checked, before the change arrives.
      if (init?.method === 'PUT') await tenant.owner.put(at, {}, { 'if-match': '*' });
      return real(input, init);
    };
    const { exit, err } = await cli.run('apply', '--yes', '--plan', 'plan.json');
    expect(exit).toBe(3);
    expect(err).toContain('Nothing was applied.');
    expect((await cli.section(at, 'promptPolicies')).maxMessages).toBe(0);
  });

  it('tells a field that both sides changed with its place, and takes whose value is asked for', async ({
    cli,
    tenant,
  }) => {
    const { file, at } = await cli.pulledRole({ promptPolicies: { maxMessages: 5 } });
    cli.edit(file, 'maxMessages: 5', 'maxMessages: 6');
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

  it('shows with diff what differs, whoever changed it', async ({ cli, tenant }) => {
    const { at } = await cli.pulledRole({ promptPolicies: { maxMessages: 5 } });
    expect((await cli.run('diff')).exit).toBe(0);
    await tenant.owner.put(at, { promptPolicies: { maxMessages: 7 } }, { 'if-match': '*' });
    const { exit, out } = await cli.run('diff');
    expect(exit).toBe(2);
    expect(out).toContain('Most messages: 7 messages → 5 messages');
  });

  it('creates a role with its policy or not at all', async ({ cli, tenant }) => {
    const create = async (name: string, section: string) => {
      cli.write({ [`policies/${name}.yaml`]: `tenant: ${tenant.slug}\nrole: ${name}\n${section}` });
      return cli.run('apply', `policies/${name}.yaml`, '--yes');
    };
    expect(await create('made', 'promptPolicies: { maxMessages: 2 }\n')).toMatchObject({ exit: 0 });
    const made = await cli.section(`${tenant.path}/roles/made/policy`, 'promptPolicies');
    expect(made.maxMessages).toBe(2);
    // Only the server knows that this address may not be called.
    const refused = await create('unmade', 'budgetPolicy: { alertSlack: "http://127.0.0.1/x" }\n');
    expect(refused.exit).toBe(1);
    expect(refused.err).toContain('would be refused, nothing was applied');
    expect((await tenant.owner.get(`${tenant.path}/roles/unmade`)).status).toBe(404);
    const real = cli.fetch;
    cli.fetch = (input, init) =>
      init?.method === 'PUT'
        ? Promise.resolve(new Response('{}', { status: 503 }))
        : real(input, init);
    const broken = await create('unmade', 'promptPolicies: { maxMessages: 2 }\n');
    expect(broken.exit).toBe(1);
    expect(broken.err).toContain('Nothing was applied.');
    expect(cli.requests).toContain(`POST ${tenant.path}/roles`);
    expect((await tenant.owner.get(`${tenant.path}/roles/unmade`)).status).toBe(404);
  });

  it('applies nothing when the server would refuse one of several', async ({ cli }) => {
    const first = await cli.pulledRole();
    const second = await cli.pulledRole();
    cli.write({
      [first.file]: `${cli.read(first.file)}promptPolicies: { maxMessages: 2 }\n`,
      [second.file]: `${cli.read(second.file)}budgetPolicy: { alertSlack: "http://10.0.0.1/x" }\n`,
    });
    const { exit, err } = await cli.run('apply', '--yes');
    expect(exit).toBe(1);
    expect(err).toContain('nothing was applied');
    expect((await cli.section(first.at, 'promptPolicies')).maxMessages).toBe(0);
  });

  it('deletes what no file describes only when asked to, and never the default role', async ({
    cli,
    tenant,
  }) => {
    const { file, at } = await cli.pulledRole();
    const kept = await cli.pulledRole();
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
