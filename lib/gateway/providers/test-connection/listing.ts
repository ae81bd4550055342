import { AwsV4Signer } from 'aws4fetch';
import { UpstreamError, type ProviderConnection } from '@/lib/gateway/types';
import { asJson, type Json } from '../ai-sdk/family';
import { parseCredential, regionOf } from '../bedrock/credential';
import { baseUrlOf, dialectOf, type Endpoint } from '../openai/endpoints';

/** How a kind of provider lists its models: a cheap call that needs the credential. */
export type Listing = {
  endpoint(connection: ProviderConnection): Promise<Endpoint>;
  /** Model ids in the answer, as the upstream wants them in a request. */
  models(body: unknown): string[];
};

const entries = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asJson) : []);
const strings = (values: unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

/** OpenAI's `{data: [{id}]}`; Together leaves out the envelope. */
const openaiModels = (body: unknown): string[] =>
  strings(entries(Array.isArray(body) ? body : asJson(body).data).map(({ id }) => id));

export function listingOf(
  { kind }: Pick<ProviderConnection, 'kind'>,
  sandboxUrl: string | null,
): Listing {
  switch (kind) {
    case 'anthropic':
      return { endpoint: anthropicModels, models: openaiModels };
    case 'gemini':
      return { endpoint: geminiModels, models: geminiIds };
    case 'cohere':
      return { endpoint: cohereModels, models: cohereIds };
    case 'bedrock':
      return { endpoint: bedrockModels, models: bedrockIds };
    case 'mistral':
      return {
        endpoint: async (connection) => dialectOf('openai', null).models(connection),
        models: openaiModels,
      };
    default: {
      const dialect = dialectOf(kind, sandboxUrl);
      return { endpoint: async (connection) => dialect.models(connection), models: openaiModels };
    }
  }
}

async function anthropicModels(connection: ProviderConnection): Promise<Endpoint> {
  return {
    url: `${baseUrlOf(connection)}/models?limit=1000`,
    headers: { 'x-api-key': connection.credential, 'anthropic-version': '2023-06-01' },
  };
}

async function geminiModels(connection: ProviderConnection): Promise<Endpoint> {
  return {
    url: `${baseUrlOf(connection)}/models?pageSize=1000`,
    headers: { 'x-goog-api-key': connection.credential },
  };
}

function geminiIds(body: unknown): string[] {
  const chat = entries(asJson(body).models).filter(({ supportedGenerationMethods: methods }) =>
    Array.isArray(methods) ? methods.includes('generateContent') : true,
  );
  return strings(chat.map(({ name }) => name)).map((name) => name.replace(/^models\//, ''));
}

/** The list lives in version 1 of the API only. */
async function cohereModels(connection: ProviderConnection): Promise<Endpoint> {
  const base = baseUrlOf(connection).replace(/\/v2$/, '/v1');
  return {
    url: `${base}/models?endpoint=chat&page_size=1000`,
    headers: { authorization: `Bearer ${connection.credential}` },
  };
}

function cohereIds(body: unknown): string[] {
  return strings(entries(asJson(body).models).map(({ name }) => name));
}

/** Models are listed by Bedrock's control plane, whose host lacks the `-runtime`. */
async function bedrockModels(connection: ProviderConnection): Promise<Endpoint> {
  const credential = parseCredential(connection.credential);
  if (credential === null) {
    throw new UpstreamError(
      'connect',
      'the credential is neither a key pair nor a Bedrock API key',
    );
  }
  const base = baseUrlOf(connection);
  const url = `${base.replace('//bedrock-runtime.', '//bedrock.')}/foundation-models?byOutputModality=TEXT`;
  if ('apiKey' in credential) {
    return { url, headers: { authorization: `Bearer ${credential.apiKey}` } };
  }
  const signer = new AwsV4Signer({
    url,
    method: 'GET',
    service: 'bedrock',
    region: regionOf(base),
    ...credential,
  });
  const { headers } = await signer.sign();
  return { url, headers: Object.fromEntries(headers) };
}

function bedrockIds(body: unknown): string[] {
  return strings(entries(asJson(body).modelSummaries).map(({ modelId }) => modelId));
}
