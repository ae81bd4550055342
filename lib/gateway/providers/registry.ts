import type { GuardedFetch } from '@/lib/net';
import {
  PROVIDER_KINDS,
  type ChatProvider,
  type ProviderKind,
  type ProviderRegistry,
} from '@/lib/gateway/types';
import { Agent, type Dispatcher } from 'undici';
import { createAiSdkProvider } from './ai-sdk/provider';
import type { Family } from './ai-sdk/family';
import { anthropic } from './anthropic/family';
import { bedrock } from './bedrock/family';
import { cohere } from './cohere/family';
import { gemini } from './gemini/family';
import { mistral } from './mistral/family';
import { dialectOf } from './openai/endpoints';
import { createOpenAIProvider } from './openai/provider';
import { createConnectionTester, type ConnectionTester } from './test-connection/test-connection';

export type ProviderRegistryOptions = {
  /** The guarded way out, shared by the whole process. */
  network: Pick<GuardedFetch, 'dispatcher'>;
  /** Base URL of this process's simulator, `/v1` included; null when there is none. */
  sandboxUrl: string | null;
};

/** Kinds that are translated by the AI SDK's models; all others speak OpenAI's format themselves. */
export const FAMILIES = { anthropic, gemini, bedrock, cohere, mistral } as const satisfies Partial<
  Record<ProviderKind, Family>
>;

function isTranslated(kind: ProviderKind): kind is keyof typeof FAMILIES {
  return kind in FAMILIES;
}

/** All providers, and what the admin API asks of them. */
export type Providers = ProviderRegistry & ConnectionTester & { close(): Promise<void> };

/**
 * A provider for every kind, made once for the process. Connections of kind `sandbox` reach the
 * simulator's loopback address and nothing else, whatever their base URL says.
 */
export function createProviderRegistry({
  network,
  sandboxUrl,
}: ProviderRegistryOptions): Providers {
  // The simulator is this very process: its address is private by nature, and it needs no judging.
  const loopback = new Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000 });
  const dispatcherOf = ({ kind }: { kind: ProviderKind }): Dispatcher =>
    kind === 'sandbox' ? loopback : network.dispatcher;
  const providers = new Map<ProviderKind, ChatProvider>();
  for (const kind of PROVIDER_KINDS) {
    providers.set(
      kind,
      isTranslated(kind)
        ? createAiSdkProvider(FAMILIES[kind], dispatcherOf({ kind }))
        : createOpenAIProvider(dialectOf(kind, sandboxUrl), dispatcherOf({ kind })),
    );
  }
  return {
    ...createConnectionTester({ dispatcherOf, sandboxUrl }),
    for(kind) {
      const provider = providers.get(kind);
      if (provider === undefined) throw new RangeError(`no provider of kind ${kind}`);
      return provider;
    },
    close: () => loopback.close(),
  };
}
