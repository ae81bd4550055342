import { z } from 'zod';
import { ApiError, toApiError, withQuery } from '@/lib/client/api';
import { tenantPath } from '@/lib/client/paths';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import { rolePolicySchema, type RolePolicy } from '@/lib/policy/role-policy';
import type { Credentials } from './credentials';
import { CliError, EXIT, type Io } from './io';

const TIMEOUT_MS = 30_000;

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullish() });
const role = z.object({
  id: z.string(),
  name: z.string(),
  isDefault: z.boolean(),
  policyVersion: z.int(),
});
const policy = z.object({ version: z.int(), policy: rolePolicySchema });
const me = z.object({
  actor: z.object({ name: z.string() }),
  tenants: z.array(z.object({ slug: z.string(), membership: z.string() })),
});
const key = z.object({
  id: z.string(),
  name: z.string(),
  role: z.object({ name: z.string() }),
  prefix: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
const newKey = key.extend({ secret: z.string() });
const provider = z.object({
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  enabled: z.boolean(),
  models: z.array(z.string()),
});
const price = z.object({
  model: z.string(),
  inputPerMillion: z.string(),
  cachedInputPerMillion: z.string().nullable(),
  outputPerMillion: z.string(),
  source: z.string(),
});
const lintResult = z.object({
  findings: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      path: z.string(),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
});

export type ServerPolicy = z.output<typeof policy>;

/** The admin API as the command line uses it. Refusals are ApiErrors; answers are parsed. */
export class Api {
  constructor(
    private readonly io: Pick<Io, 'fetch'>,
    private readonly credentials: Credentials,
  ) {}

  get server(): string {
    return this.credentials.server;
  }

  me = () => this.read(me, '/api/me');
  roles = (tenant: string) => this.all(role, tenantPath(tenant, 'roles'));
  keys = (tenant: string) => this.all(key, tenantPath(tenant, 'keys'));
  providers = (tenant: string) => this.all(provider, tenantPath(tenant, 'providers'));
  /** The tenant's own prices; those of the catalogue come with this tool. */
  prices = async (tenant: string) =>
    (await this.read(z.object({ items: z.array(price) }), tenantPath(tenant, 'prices'))).items
      .filter(({ source }) => source === 'tenant')
      .map(({ source: _source, ...own }) => own);
  policy = (tenant: string, name: string) =>
    this.read(policy, tenantPath(tenant, 'roles', name, 'policy'));
  lint = async (tenant: string, name: string, document: RolePolicy) =>
    (
      await this.send(lintResult, 'POST', tenantPath(tenant, 'roles', name, 'policy', 'lint'), {
        policy: document,
      })
    ).findings;
  evaluate = (tenant: string, name: string, body: { request: unknown; policy?: RolePolicy }) =>
    this.send(z.looseObject({}), 'POST', tenantPath(tenant, 'roles', name, 'evaluate'), body);

  createRole = (tenant: string, name: string) =>
    this.send(role, 'POST', tenantPath(tenant, 'roles'), { name });
  deleteRole = (tenant: string, name: string) =>
    this.send(z.undefined(), 'DELETE', tenantPath(tenant, 'roles', name));
  savePolicy = (
    tenant: string,
    name: string,
    change: { policy: RolePolicy; comment: string; version: number },
  ) =>
    this.send(
      policy,
      'PUT',
      tenantPath(tenant, 'roles', name, 'policy'),
      { policy: change.policy, comment: change.comment },
      { 'if-match': `"${change.version}"` },
    );
  createKey = (tenant: string, body: { name: string; role: string; expiresAt?: string }) =>
    this.send(newKey, 'POST', tenantPath(tenant, 'keys'), body);
  revokeKey = (tenant: string, id: string) =>
    this.send(z.undefined(), 'DELETE', tenantPath(tenant, 'keys', id));

  private read<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>> {
    return this.send(schema, 'GET', path);
  }

  private async all<T extends z.ZodType>(item: T, path: string): Promise<z.output<T>[]> {
    const items: z.output<T>[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await this.read(pageOf(item), withQuery(path, { limit: 200, cursor }));
      items.push(...(page.items as z.output<T>[]));
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  private async send<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<z.output<T>> {
    const { server, token } = this.credentials;
    let response: Response;
    try {
      response = await this.io.fetch(`${server}${path}`, {
        method,
        // A redirect would carry the token to whoever it names.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          'user-agent': 'rolegate-cli',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new CliError(`${server} cannot be reached. Is Rolegate running there?`);
    }
    const text = await response.text();
    const data = parsed(text);
    if (!response.ok) throw toApiError(response.status, data, response.headers);
    const answer = schema.safeParse(data);
    if (answer.success) return answer.data;
    throw new CliError(
      `${server} answered ${method} ${path} with something else than this tool knows.`,
    );
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A refusal of the server in one line. */
export function refusal(what: string, error: unknown): CliError {
  if (!(error instanceof ApiError)) throw error;
  const moved = error.status === 412;
  const [issue] = error.issues;
  const where =
    issue && !error.message.includes(issue.message) ? ` ${issue.path}: ${issue.message}` : '';
  return new CliError(`${what}: ${error.message}${where}`, moved ? EXIT.moved : EXIT.failed);
}
