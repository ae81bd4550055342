import type { Dispatcher } from 'undici';
import { UpstreamError, type ProviderConnection } from '@/lib/gateway/types';
import { collect, exchange } from '../http/exchange';
import { secretsOf } from '../http/scrub';
import type { Endpoint } from '../openai/endpoints';
import { listingOf } from './listing';

/** What a trial call of a connection found. */
export type ConnectionTest = {
  ok: boolean;
  /** HTTP status of the provider, or null when there was none. */
  status: number | null;
  /** Safe to show; says what to do about it. */
  message: string;
  /** Ids of the provider's models, when it listed them. */
  models?: string[];
  latencyMs: number;
};

const TIMEOUT_MS = 15_000;

export type ConnectionTester = {
  /** Calls the provider once, cheaply and with the credential; a failure is a result, not an exception. */
  testConnection(connection: ProviderConnection, signal?: AbortSignal): Promise<ConnectionTest>;
  /** The provider's own list of its models. Throws UpstreamError. */
  listModels(connection: ProviderConnection, signal?: AbortSignal): Promise<string[]>;
};

export function createConnectionTester(options: {
  dispatcherOf: (connection: ProviderConnection) => Dispatcher;
  sandboxUrl: string | null;
}): ConnectionTester {
  const listModels: ConnectionTester['listModels'] = async (connection, signal) => {
    const listing = listingOf(connection, options.sandboxUrl);
    const dispatcher = options.dispatcherOf(connection);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const get = (endpoint: Endpoint) => getJson(endpoint, connection, dispatcher, either);
    // OpenRouter lists its models to everybody; only this call looks at the key.
    if (connection.kind === 'openrouter') {
      const { url, headers } = await listing.endpoint(connection);
      await get({ url: url.replace(/\/models$/, '/key'), headers });
    }
    return listing.models(await get(await listing.endpoint(connection)));
  };
  return {
    listModels,
    async testConnection(connection, signal) {
      const from = performance.now();
      const took = (): number => Math.round(performance.now() - from);
      try {
        const models = await listModels(connection, signal);
        const message = `connected; ${models.length} models are available`;
        return { ok: true, status: 200, message, models, latencyMs: took() };
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        return { ok: false, status: error.status, message: advice(error), latencyMs: took() };
      }
    },
  };
}

async function getJson(
  { url, headers }: Endpoint,
  connection: ProviderConnection,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<unknown> {
  const answer = await exchange({
    dispatcher,
    url,
    method: 'GET',
    headers: { accept: 'application/json', 'user-agent': 'rolegate', ...headers },
    body: null,
    signal,
    secrets: secretsOf(connection),
  });
  const body = await collect(answer.body);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new UpstreamError('invalid', 'the provider answered with something that is not JSON', {
      cause: error,
    });
  }
}

function advice({ kind, status, message }: UpstreamError): string {
  if (status === 401 || status === 403) return `the provider refuses the credential: ${message}`;
  if (status === 404) return `nothing is there; check the base URL: ${message}`;
  if (status === 429) return `the credential works, but the provider limits its rate: ${message}`;
  return kind === 'timeout' ? 'the provider did not answer within 15 seconds' : message;
}
