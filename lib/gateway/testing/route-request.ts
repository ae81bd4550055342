import type { ModelChoice, RouteRequest } from '@/lib/gateway/ports';
import { resolveTargets } from '@/lib/gateway/targets';
import type { PriceBook, ProviderConnection, ProviderKind } from '@/lib/gateway/types';
import type { ChatRequest } from '@/lib/openai/wire';
import { compilePolicy } from '@/lib/policy/compile';
import { type RolePolicyInput, rolePolicySchema } from '@/lib/policy/role-policy';

export type RouteRequestOptions = {
  policy?: RolePolicyInput;
  /** Connection name -> the models it lists. */
  connections?: Record<string, string[]>;
  /** Kinds of connections that are not OpenAI-compatible, by name. */
  kinds?: Record<string, ProviderKind>;
  /** `provider/model` -> USD a request; anything not listed has no price. */
  prices?: Record<string, string>;
  request?: Partial<ChatRequest>;
  choice?: ModelChoice;
  tokens?: { input: number; output: number };
  roleId?: string;
};

/** A request as routing and resilience see it, with a policy, connections and prices of the test's own. */
export function routeRequest(options: RouteRequestOptions = {}): RouteRequest {
  const document = rolePolicySchema.parse(options.policy ?? {});
  const connections = Object.entries(options.connections ?? {}).map(([name, models]) =>
    connection(name, models, options.kinds?.[name]),
  );
  const prices: PriceBook = {
    costOf: ({ provider, model }) => options.prices?.[`${provider}/${model}`] ?? null,
    worstCaseOf: ({ provider, model }) => options.prices?.[`${provider}/${model}`] ?? null,
  };
  const catalogue = { serves: () => false, list: () => [] };
  return {
    requestId: 'request',
    principal: {
      tenant: { id: 'tenant', slug: 'tenant', timezone: 'UTC', logContent: 'none' },
      role: { id: options.roleId ?? 'role', name: 'role' },
      key: { id: 'key', name: 'key', expiresAt: null },
      policy: { version: 1, document },
      connections,
      prices,
    },
    policy: compilePolicy(document),
    request: { messages: [{ role: 'user', content: 'hi' }], ...options.request },
    clock: { now: () => 0 },
    signal: new AbortController().signal,
    choice: options.choice ?? { kind: 'open' },
    connections,
    resolve: (name) => resolveTargets(connections, catalogue, name),
    tokens: options.tokens ?? { input: 10, output: 100 },
  };
}

export function connection(
  name: string,
  models: string[] = [],
  kind: ProviderKind = 'openai-compatible',
): ProviderConnection {
  return {
    id: name,
    tenantId: 'tenant',
    name,
    kind,
    baseUrl: null,
    credential: '',
    models,
    enabled: true,
  };
}
