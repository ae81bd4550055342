import type { Issue } from '@/lib/errors/app-error';
import { DEFAULT_BASE_URLS } from '@/lib/gateway/providers/openai/endpoints';
import type { ProviderKind } from '@/lib/gateway/types';

/** What a connection of each kind needs. */
type Need = 'required' | 'optional' | 'none';
const NEEDS: Readonly<Record<ProviderKind, { baseUrl: Need; apiKey: Need }>> = {
  openai: { baseUrl: 'optional', apiKey: 'required' },
  anthropic: { baseUrl: 'optional', apiKey: 'required' },
  gemini: { baseUrl: 'optional', apiKey: 'required' },
  'azure-openai': { baseUrl: 'required', apiKey: 'required' },
  bedrock: { baseUrl: 'optional', apiKey: 'required' },
  mistral: { baseUrl: 'optional', apiKey: 'required' },
  groq: { baseUrl: 'optional', apiKey: 'required' },
  deepseek: { baseUrl: 'optional', apiKey: 'required' },
  together: { baseUrl: 'optional', apiKey: 'required' },
  openrouter: { baseUrl: 'optional', apiKey: 'required' },
  cohere: { baseUrl: 'optional', apiKey: 'required' },
  ollama: { baseUrl: 'optional', apiKey: 'optional' },
  'openai-compatible': { baseUrl: 'required', apiKey: 'optional' },
  sandbox: { baseUrl: 'none', apiKey: 'none' },
};

/** A connection as it would be stored. */
export type ConnectionDraft = {
  kind: ProviderKind;
  baseUrl: string | null;
  /** Whether it has a credential, a stored one included. */
  hasCredential: boolean;
  enabled: boolean;
};

/**
 * Faults of a connection by the rules of its kind.
 * @param urlFault says why a URL may not be called, or null
 */
export function connectionFaults(
  draft: ConnectionDraft,
  urlFault: (url: string) => string | null,
): Issue[] {
  const needs = NEEDS[draft.kind];
  return [...baseUrlFaults(draft, needs.baseUrl, urlFault), ...apiKeyFaults(draft, needs.apiKey)];
}

function baseUrlFaults(
  { kind, baseUrl }: ConnectionDraft,
  need: Need,
  urlFault: (url: string) => string | null,
): Issue[] {
  const issue = (message: string) => [{ path: 'baseUrl', message }];
  if (need === 'none') {
    return baseUrl === null ? [] : issue('Leave it out: the sandbox is part of this server.');
  }
  if (baseUrl === null && need === 'required') {
    return issue(`A connection of kind ${kind} needs a base URL.`);
  }
  // A kind's own address is public, but for Ollama's, which is the server itself.
  const url = baseUrl ?? DEFAULT_BASE_URLS[kind];
  const fault = url === undefined ? null : urlFault(url);
  return fault === null ? [] : issue(fault);
}

function apiKeyFaults({ kind, hasCredential }: ConnectionDraft, need: Need): Issue[] {
  const issue = (message: string) => [{ path: 'apiKey', message }];
  if (need === 'required' && !hasCredential) {
    return issue(`A connection of kind ${kind} needs an API key.`);
  }
  return need === 'none' && hasCredential ? issue('Leave it out: the sandbox takes no key.') : [];
}
