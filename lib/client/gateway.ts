import { queryOptions } from '@tanstack/react-query';

/** Calls of the hosted chat route, same origin, with an API key instead of the console session. */

export type ChatOutcome = {
  status: number;
  /** The answer's text, when there is one. */
  text: string | null;
  /** What was refused and why, when it was. */
  error: { code: string; message: string } | null;
  /** The contract's headers that are there, in its order. */
  headers: [name: string, value: string][];
};

const CONTRACT_HEADERS = [
  'x-request-id',
  'x-rolegate-policy-version',
  'x-rolegate-provider',
  'x-rolegate-model',
  'x-rolegate-route',
  'x-rolegate-cache',
  'age',
  'x-rolegate-cache-similarity',
  'x-rolegate-attempts',
  'x-rolegate-cost-usd',
  'x-rolegate-warnings',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
  'x-ratelimit-limit-tokens',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-tokens',
  'retry-after',
] as const;

type Completion = {
  choices?: { message?: { content?: string | null } }[];
  error?: { code?: string | null; message?: string };
};

/** Sends one user message; a refusal is an outcome, only an unreachable server throws. */
export async function sendChat(
  secret: string,
  { prompt, model }: { prompt: string; model?: string },
): Promise<ChatOutcome> {
  const response = await fetch('/api/v1/chat/completions', {
    method: 'POST',
    credentials: 'omit',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...(model ? { model } : {}),
      messages: [{ role: 'user', content: prompt }],
    }),
  });
  const body = (await response.json()) as Completion;
  return {
    status: response.status,
    text: body.choices?.[0]?.message?.content ?? null,
    error: body.error
      ? {
          code: body.error.code ?? `http_${response.status}`,
          message: body.error.message ?? `The gateway answered ${response.status}.`,
        }
      : null,
    headers: CONTRACT_HEADERS.flatMap((name): [string, string][] => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  };
}

/** Ids of the models the key's role may use. */
async function fetchModels(secret: string, signal?: AbortSignal): Promise<string[]> {
  const response = await fetch('/api/v1/models', {
    credentials: 'omit',
    headers: { authorization: `Bearer ${secret}` },
    signal,
  });
  const body = (await response.json()) as {
    data?: { id: string }[];
    error?: { message?: string };
  };
  if (!response.ok) {
    throw new Error(body.error?.message ?? `The gateway answered ${response.status}.`);
  }
  return (body.data ?? []).map((model) => model.id);
}

/** The models of a key; the secret is part of no cache that outlives the page. */
export const gatewayModelsQuery = (secret: string) =>
  queryOptions({
    queryKey: ['gateway-models', secret],
    queryFn: ({ signal }) => fetchModels(secret, signal),
    enabled: secret !== '',
    retry: false,
    gcTime: 0,
  });
