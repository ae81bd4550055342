import type { ProviderKind, Target } from '@/lib/gateway/types';

/** What is known of a model besides its price; null where nothing is known, which excludes nothing. */
export type ModelFacts = {
  /** Tokens it takes in. */
  contextWindow: number | null;
  vision: boolean | null;
  tools: boolean | null;
  /** Answers that keep to a JSON schema. */
  jsonSchema: boolean | null;
};

/** What routing knows of the world: read-only, in memory, no waiting. */
export interface RoutingFacts {
  model(kind: ProviderKind, model: string): ModelFacts;
  /** Whether the tenant's breaker for this provider lets no request through now. */
  isBroken(tenantId: string, provider: string): boolean;
  /**
   * Recent latency of a target in milliseconds (to the first token for streams, of a typical whole
   * answer else), or null while nothing recent is known. Infinity while all that is known is that it
   * fails, or that it is being tried for the first time.
   */
  latencyMs(tenantId: string, target: Target, stream: boolean): number | null;
}

/** `provider/model`, the name under which receipts, weights and statistics know a target. */
export function targetName(target: Target): string {
  return `${target.connection.name}/${target.model}`;
}
