import { serveApp } from '@/lib/admin/testing/app-routes';
import { BOOTSTRAP_TOKEN, createTestTenant, type TestTenant } from '@/lib/admin/testing/fixture';
import { TestCli } from './run-cli';

export const SERVER = 'http://localhost:3000';
export { BOOTSTRAP_TOKEN };

/** A tenant with a sandbox connection. */
export async function connectedTenant(): Promise<TestTenant> {
  const tenant = await createTestTenant('free');
  await tenant.owner.post(`${tenant.path}/providers`, { kind: 'sandbox', name: 'sandbox' });
  return tenant;
}

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
