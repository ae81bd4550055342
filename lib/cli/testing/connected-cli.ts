import { test } from 'vitest';
import { serveApp } from '@/lib/admin/testing/app-routes';
import { BOOTSTRAP_TOKEN, createTestTenant, type TestTenant } from '@/lib/admin/testing/fixture';
import { testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import { TestCli } from './run-cli';

export const SERVER = 'http://localhost:3000';

/** A role in the folder: where its policy is on the server, and its file. */
export type PulledRole = { name: string; at: string; file: string };

let roles = 0;

/** The command line with the admin API behind it. */
export class ConnectedCli extends TestCli {
  /** What it asked: `GET /api/me`. */
  readonly requests: string[] = [];

  constructor(private readonly tenant: TestTenant) {
    super();
    this.env = { ...this.env, ROLEGATE_SERVER: SERVER, ROLEGATE_TOKEN: BOOTSTRAP_TOKEN };
    this.fetch = (input, init) => {
      const request = new Request(input, init);
      this.requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return serveApp(request);
    };
  }

  /** A fresh role of the tenant, pulled into the folder. */
  async pulledRole(policy: object = {}): Promise<PulledRole> {
    const { owner, path, slug } = this.tenant;
    const name = `role-${(roles += 1)}`;
    await owner.post(`${path}/roles`, { name });
    const at = `${path}/roles/${name}/policy`;
    await owner.put(at, policy, { 'if-match': '*' });
    const { exit, err } = await this.run('pull', '--tenant', slug, '--role', name);
    if (exit !== 0) throw new Error(err);
    return { name, at, file: `policies/${slug}/${name}.yaml` };
  }

  /** A section of a policy as the server holds it. */
  async section(at: string, kind: string): Promise<Record<string, unknown>> {
    const { body } = await this.tenant.owner.get(at);
    return (body as { policy: Record<string, Record<string, unknown>> }).policy[kind] ?? {};
  }

  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} has no ${from}: ${text}`);
    this.write({ [file]: text.replace(from, to) });
  }
}

/**
 * `it` of tests that need a server: the file's `tenant`, with a sandbox connection, in a database of its
 * own; a `cli` for each test that asks the server, and an `offlineCli` that reaches nothing.
 */
export const it = test
  .extend('tenant', { scope: 'file' }, async ({}, { onCleanup }) => {
    const database = await testDatabase();
    const runtime = await getRuntime();
    onCleanup(async () => {
      await runtime.drain();
      await database.close();
    });
    const tenant = await createTestTenant('free');
    await tenant.owner.post(`${tenant.path}/providers`, { kind: 'sandbox', name: 'sandbox' });
    return tenant;
  })
  .extend('cli', ({ tenant }, { onCleanup }) => {
    const cli = new ConnectedCli(tenant);
    onCleanup(() => cli.close());
    return cli;
  })
  .extend('offlineCli', ({}, { onCleanup }) => {
    const cli = new TestCli();
    onCleanup(() => cli.close());
    return cli;
  });
