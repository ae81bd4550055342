import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export type TestServer = { origin: string; close(): Promise<void> };

/** Serves a Request → Response function over real HTTP on a free port. */
export async function serveFetch(
  answer: (request: Request) => Promise<Response>,
): Promise<TestServer> {
  return listen((request, response) => {
    void toRequest(request)
      .then(answer)
      .then(async (answered) => {
        response.statusCode = answered.status;
        for (const [name, value] of answered.headers) {
          if (name !== 'set-cookie') response.setHeader(name, value);
        }
        response.setHeader('set-cookie', answered.headers.getSetCookie());
        response.end(Buffer.from(await answered.arrayBuffer()));
      });
  });
}

export type Person = { email: string; email_verified?: boolean; name?: string };

/**
 * A real OpenID provider on a free port, which signs in anybody under any account id by its own
 * development pages. @param people what it says of an account, by account id
 */
export async function serveOidc(
  people: Map<string, Person>,
  client: { id: string; secret: string; redirectUri: () => string },
): Promise<TestServer & { issuer: string }> {
  const holder: { handle?: RequestListener } = {};
  const server = await listen((request, response) => holder.handle?.(request, response));
  const provider = new Provider(server.origin, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri()],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['key of the test provider'] },
    pkce: { required: () => true },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    }),
  });
  holder.handle = provider.callback();
  return { ...server, issuer: server.origin };
}

async function listen(handle: RequestListener): Promise<TestServer> {
  const server: Server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const method = incoming.method ?? 'GET';
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
  });
}
