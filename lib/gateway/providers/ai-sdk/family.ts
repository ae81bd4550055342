import type { LanguageModelV3, LanguageModelV3Usage } from '@ai-sdk/provider';
import type { FetchFunction } from '@ai-sdk/provider-utils';
import type { ProviderConnection, Usage } from '@/lib/gateway/types';
import type { CallRules } from './call-options';

/** What one provider of the AI SDK needs to be spoken to, and how its answers are to be read. */
export type Family = CallRules & {
  model(connection: ProviderConnection, model: string, fetch: FetchFunction): LanguageModelV3;
  usage(usage: LanguageModelV3Usage): Usage;
  /** Content type of its streams. */
  streamType: RegExp;
  /** Whether a raw event of a stream is one that only a complete answer has. */
  isEnd(raw: unknown): boolean;
  /**
   * Whether the raw body of a whole answer holds no answer and does not say why not. Left out where the SDK
   * itself takes no such body for an answer.
   */
  isEmpty?(raw: unknown): boolean;
};

export type Json = Record<string, unknown>;

export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}
