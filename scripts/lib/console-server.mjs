import { once } from 'node:events';
import { createServer } from 'node:http';
import { listenError } from './listen-error.mjs';

const HEADERS_TIMEOUT_MS = 10_000;
/** To receive a whole request; 10 MiB over a slow line fits. Answers and streams may take any time. */
const REQUEST_TIMEOUT_MS = 120_000;
const CHECK_INTERVAL_MS = 2_000;
/** Longer than common load balancers keep idle connections, so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
const SWEEP_MS = 50;

/**
 * Listens for the console and admin API before there is anything to answer with: the port is ours
 * for certain, and requests that come during the last second of a start wait instead of failing.
 * @param {{port: number, host: string}} address
 * @returns a server with `attach(handlers)` and `drain(graceMs)`
 * @throws {StartError} when the port is taken or the address is not this machine's
 */
export async function listenForConsole({ port, host }) {
  /** @type {(handlers: object) => void} */
  let attach = () => undefined;
  const ready = new Promise((resolve) => (attach = resolve));
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_INTERVAL_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  });
  server.on('request', async (request, response) => {
    if (!server.listening) response.setHeader('connection', 'close');
    const { handle } = await ready;
    appendPeer(request);
    await handle(request, response);
  });
  server.on('upgrade', async (request, socket, head) => {
    const { upgrade } = await ready;
    await upgrade(request, socket, head);
  });
  await listening(server, 'PORT', port, host);
  return { port: server.address().port, attach, drain: (graceMs) => drain(server, graceMs) };
}

async function listening(server, variable, port, host) {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, variable, port, host);
  }
}

/**
 * Puts the address a request really comes from at the end of `x-forwarded-for`, as a proxy does: what a
 * client writes into the header itself stays left of it and is not believed.
 */
function appendPeer(request) {
  const said = request.headers['x-forwarded-for'];
  const peer = request.socket.remoteAddress;
  if (peer) request.headers['x-forwarded-for'] = said ? `${said}, ${peer}` : peer;
}

/** Stops accepting; resolves when the last answer is out, or after `graceMs` when the rest is cut off. */
function drain(server, graceMs) {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection kept alive becomes idle when its answer is out, which close() does not look for.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
  });
}

/**
 * Fails early, before minutes of installing and building, when a port is taken.
 * @throws {StartError}
 */
export async function assertPortFree(variable, port, host) {
  const probe = createServer();
  await listening(probe, variable, port, host);
  probe.close();
  await once(probe, 'close');
}
