import { UpstreamError, type ProviderConnection, type ProviderKind } from '@/lib/gateway/types';

/** Where a request of a connection goes and what authorises it. */
export type Endpoint = { url: string; headers: Record<string, string> };

/** What a kind that speaks OpenAI's format has of its own. */
export type Dialect = {
  chat(connection: ProviderConnection, model: string): Endpoint;
  models(connection: ProviderConnection): Endpoint;
};

export const PASSTHROUGH_KINDS = [
  'openai',
  'azure-openai',
  'groq',
  'deepseek',
  'together',
  'openrouter',
  'ollama',
  'openai-compatible',
  'sandbox',
] as const satisfies readonly ProviderKind[];
export type PassthroughKind = (typeof PASSTHROUGH_KINDS)[number];

/** Base URLs of the kinds that have a public one. */
export const DEFAULT_BASE_URLS: Readonly<Partial<Record<ProviderKind, string>>> = {
  openai: 'https://api.openai.com/v1',
  groq: 'https://api.groq.com/openai/v1',
  deepseek: 'https://api.deepseek.com/v1',
  together: 'https://api.together.xyz/v1',
  openrouter: 'https://openrouter.ai/api/v1',
  ollama: 'http://127.0.0.1:11434/v1',
  mistral: 'https://api.mistral.ai/v1',
  anthropic: 'https://api.anthropic.com/v1',
  gemini: 'https://generativelanguage.googleapis.com/v1beta',
  cohere: 'https://api.cohere.com/v2',
  bedrock: 'https://bedrock-runtime.us-east-1.amazonaws.com',
};

/** Deployment URLs want a version; this is the last one before Azure's versionless v1 API. */
const AZURE_API_VERSION = '2024-10-21';

/**
 * The connection's base URL without a trailing slash, or its kind's own. A bare origin gets the path
 * that its kind's API lives under (`http://host:11434` of an Ollama becomes `…/v1`). Throws
 * UpstreamError (`connect`) when there is none.
 */
export function baseUrlOf({ kind, baseUrl }: ProviderConnection): string {
  const standard = DEFAULT_BASE_URLS[kind];
  const url = baseUrl?.trim() || standard;
  if (!url || !URL.canParse(url)) {
    throw new UpstreamError('connect', `a connection of kind ${kind} needs a valid base URL`);
  }
  const trimmed = url.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  if (standard === undefined || new URL(url).pathname !== '/') return trimmed;
  return trimmed + new URL(standard).pathname.replace(/\/$/, '');
}

function bearer(credential: string): Record<string, string> {
  return credential === '' ? {} : { authorization: `Bearer ${credential}` };
}

const standard: Dialect = {
  chat: (connection) => ({
    url: `${baseUrlOf(connection)}/chat/completions`,
    headers: bearer(connection.credential),
  }),
  models: (connection) => ({
    url: `${baseUrlOf(connection)}/models`,
    headers: bearer(connection.credential),
  }),
};

/**
 * Azure OpenAI: `{base}/openai/deployments/{deployment}/chat/completions?api-version=`, or the v1 API
 * when the base URL ends in `/openai/v1`. An `api-version` in the base URL wins over ours.
 */
const azure: Dialect = {
  chat(connection, model) {
    const path = `deployments/${encodeURIComponent(model)}/chat/completions`;
    return azureEndpoint(connection, path, 'chat/completions');
  },
  models: (connection) => azureEndpoint(connection, 'models', 'models'),
};

function azureEndpoint(connection: ProviderConnection, path: string, v1Path: string): Endpoint {
  const base = new URL(baseUrlOf(connection));
  const root = base.pathname.replace(/\/+$/, '');
  const isV1 = /\/openai\/v1$/.test(root);
  if (isV1) base.pathname = `${root}/${v1Path}`;
  else base.pathname = `${root.replace(/\/openai$/, '')}/openai/${path}`;
  if (!isV1 && !base.searchParams.has('api-version')) {
    base.searchParams.set('api-version', AZURE_API_VERSION);
  }
  return { url: base.href, headers: { 'api-key': connection.credential } };
}

/** `sandboxUrl` is where this process's simulator listens; a connection cannot point it elsewhere. */
export function dialectOf(kind: PassthroughKind, sandboxUrl: string | null): Dialect {
  if (kind === 'azure-openai') return azure;
  if (kind !== 'sandbox') return standard;
  const at = (path: string) => (): Endpoint => {
    if (sandboxUrl === null) throw new UpstreamError('connect', 'the sandbox is not running');
    return { url: `${sandboxUrl}/${path}`, headers: {} };
  };
  return { chat: at('chat/completions'), models: at('models') };
}
