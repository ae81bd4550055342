import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as chat from '@/app/api/v1/chat/completions/route';
import * as anyModel from '@/app/api/v1/[...path]/route';
import * as models from '@/app/api/v1/models/route';
import type { Answer, ApiClient } from '@/lib/admin/testing/client';
import {
  anonymous,
  createTestTenant,
  PASSWORD,
  signedInClient,
  type TestTenant,
} from '@/lib/admin/testing/fixture';
import { sampleReceipt, testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import { operationsOf, wireDocument, type Driven } from './testing/document';
import { schemaCheck } from './testing/schema-check';
import type { OpenApiResponse } from './types';

/**
 * A client that knows the document only: it sends each operation's own example and holds the answer
 * against the operation's own schema. Deletions come last, and the tenant's at the very end.
 */

const database = await testDatabase();
const runtime = await getRuntime();
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

const document = await wireDocument();
const check = schemaCheck(document);
/** What ends the tenant, then the session. */
const LAST = ['DELETE /api/tenants/{tenant}', 'PUT /api/me/password'];
const rank = ({ name }: Driven) => LAST.indexOf(name) + 1 || (name.startsWith('DELETE') ? 0 : -1);
const operations = operationsOf(document).sort((a, b) => rank(a) - rank(b));

let tenant: TestTenant;
let person: ApiClient;
let key: string;
/** Values of path parameters, `{id}` by the list it belongs to. */
let ids: Record<string, string>;

beforeAll(async () => {
  const { email, client } = await signedInClient(`${randomUUID()}@example.com`);
  person = client;
  tenant = await createTestTenant('free');
  await tenant.owner.post(`${tenant.path}/members`, { email, role: 'owner' });
  const create = async (path: string, body: object) =>
    (await tenant.owner.post(`${tenant.path}${path}`, body)).body as Record<string, string>;
  const role = await create('/roles', { name: 'driven' });
  await create('/providers', { kind: 'sandbox' });
  key = (await create('/keys', { name: 'app', role: 'default' })).secret ?? '';
  const invite = () => create('/members', { email: `${randomUUID()}@example.com`, role: 'viewer' });
  const invited = await invite();
  const { url = '' } = invited.invite as unknown as { url?: string };
  const receipt = sampleReceipt({
    tenantId: tenant.id,
    cache: { status: 'hit-exact', similarity: 1, ageSeconds: 2, entryId: randomUUID() },
  });
  runtime.deps.receipts.write(receipt);
  await runtime.deps.receipts.drain();
  ids = {
    tenant: tenant.slug,
    role: role.id ?? '',
    version: '1',
    provider: 'sandbox',
    token: url.split('/').at(-1) ?? '',
    model: encodeURIComponent('sandbox/small'),
    keys: (await create('/keys', { name: 'k', role: 'default' })).id ?? '',
    tokens: (await create('/tokens', { name: 't', role: 'viewer' })).id ?? '',
    members: (await invite()).id ?? '',
    providers: (await create('/providers', { kind: 'sandbox', name: 'second' })).id ?? '',
    requests: receipt.id,
  };
});

function addressOf({ path }: Driven): string {
  return path.replace(/(?:(\w+)\/)?\{(\w+)\}/g, (_all, list: string | undefined, name: string) => {
    const value = ids[name === 'id' ? (list ?? '') : name] ?? '';
    return list === undefined ? value : `${list}/${value}`;
  });
}

/** Sends what the document says, and nothing else. */
async function send(driven: Driven): Promise<Answer> {
  const { operation, method } = driven;
  const body = bodyOf(driven);
  const headers = Object.fromEntries(
    operation.parameters
      .filter(({ in: place, required }) => place === 'header' && required)
      .map(({ name }) => [name, currentTag]),
  );
  if (operation.security.some((scheme) => 'gatewayKey' in scheme)) return callGateway(driven, body);
  const client = operation.security.length === 0 ? anonymous : person;
  return client.call(method, addressOf(driven), { body, headers });
}
/** What a client gets from reading the policy first. */
const currentTag = '"1"';

/** The person's own password is the one place where an example cannot be true. */
function bodyOf({ name, operation }: Driven): unknown {
  const example = operation.requestBody?.content['application/json']?.example;
  if (name === 'PUT /api/me/password') return { ...(example as object), currentPassword: PASSWORD };
  return example;
}

async function callGateway(driven: Driven, body: unknown): Promise<Answer> {
  const address = addressOf(driven);
  const handler = address.endsWith('/completions')
    ? chat.POST
    : address.endsWith('/models')
      ? models.GET
      : anyModel.GET;
  const response = await handler(
    new Request(`http://localhost:3000${address}`, {
      method: driven.method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const successOf = ({ operation }: Driven): [number, OpenApiResponse] => {
  const found = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
  if (!found) throw new Error(`${operation.operationId} never succeeds`);
  return [Number(found[0]), found[1] as OpenApiResponse];
};

describe('every operation of the document', () => {
  it.each(operations.map((driven) => [driven.name, driven] as const))(
    '%s answers its own example by its own schema',
    async (_name, driven) => {
      const [status, response] = successOf(driven);
      const answer = await send(driven);
      expect([answer.status, answer.body]).toEqual([status, answer.body]);
      for (const header of Object.keys(response.headers ?? {})) {
        expect(answer.headers.get(header), header).not.toBeNull();
      }
      const schema = response.content?.['application/json']?.schema;
      expect(schema ? check(schema, answer.body) : '').toBe('');
      expect(answer.body === null).toBe(schema === undefined);
    },
  );

  it('refuses a stranger as it says, unless it is open to anybody', async () => {
    const closed = operations.filter(
      ({ operation }) => 'adminToken' in (operation.security[0] ?? {}),
    );
    expect(closed.length).toBeGreaterThan(40);
    for (const driven of closed) {
      const answer = await anonymous.call(driven.method, addressOf(driven));
      const schema = contentOf(driven.operation.responses['401']);
      expect([driven.name, answer.status, schema && check(schema, answer.body)]).toEqual([
        driven.name,
        401,
        '',
      ]);
    }
  });
});

/** The schema of a response, which may stand among the components. */
function contentOf(response: OpenApiResponse | { $ref: string } | undefined) {
  const found =
    response && '$ref' in response
      ? document.components.responses[response.$ref.split('/').at(-1) ?? '']
      : response;
  return found?.content?.['application/json']?.schema;
}
