import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { serveUntilStopped } from './serve';

/** The least that a proxy can do: `node:http` in, undici out, nothing looked at. */
const upstream = process.argv[2] ?? '';
const dispatcher = new Agent({ connections: null });

const server = createServer((incoming, response) => {
  request(`${upstream}/chat/completions`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: incoming,
  })
    .then(({ statusCode, headers, body }) => {
      response.writeHead(statusCode, headers);
      body.pipe(response);
    })
    .catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  void serveUntilStopped({ url: `http://127.0.0.1:${port}` }, async () => {
    server.close();
    server.closeAllConnections();
    await dispatcher.destroy();
  });
});
