import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveApp } from '@/lib/admin/testing/app-routes';
import { BOOTSTRAP_TOKEN, createTestTenant, type TestTenant } from '@/lib/admin/testing/fixture';
import { testDatabase } from '@/lib/db/testing';
import { gatewayRequestOf, writeReply } from '@/lib/gateway/node/http-adapter';
import { getRuntime } from '@/lib/server/runtime';

const database = await testDatabase();
const runtime = await getRuntime();
const folder = mkdtempSync(join(tmpdir(), 'rolegate-loop-'));
const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The admin API and the gateway over real HTTP, on one port. */
let server: Server;
let url: string;
let tenant: TestTenant;
beforeAll(async () => {
  tenant = await createTestTenant();
  await tenant.owner.post(`${tenant.path}/providers`, { kind: 'sandbox', name: 'sandbox' });
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.startsWith('/v1/')) {
      void runtime
        .handle(gatewayRequestOf(request, response, path))
        .then((reply) => writeReply(request, response, reply));
      return;
    }
    void (async () => {
      const body = await buffer(request);
      const answer = await serveApp(
        new Request(`${url}${request.url}`, {
          method: request.method,
          headers: request.headers as Record<string, string>,
          body: body.length > 0 ? new Uint8Array(body) : undefined,
        }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await runtime.drain();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

it('the loop of docs/examples/policies-as-code.sh runs as it is written', async () => {
  const run = promisify(execFile)('sh', [pathOf('docs/examples/policies-as-code.sh')], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      ROLEGATE: `${process.execPath} ${pathOf('scripts/cli/rolegate.mjs')}`,
      ROLEGATE_SERVER: url,
      ROLEGATE_TOKEN: BOOTSTRAP_TOKEN,
      GATEWAY: url,
      TENANT: tenant.slug,
    },
  });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  expect(`${stdout}\n${stderr}`).toContain('== Done.');
  expect(stderr).not.toContain('FAILED');
  expect(`${stdout}${stderr}`).not.toContain(BOOTSTRAP_TOKEN);
  const left = await tenant.owner.get(`${tenant.path}/roles`);
  expect((left.body as { items: { name: string }[] }).items.map(({ name }) => name)).toEqual([
    'default',
  ]);
});
