import { formatUsd } from '@/components/budget/format-usd';
import type { ReceiptSummary } from '@/lib/client/requests';

/** Who answered as `provider/model`; of a request that nobody answered, the model it asked for. */
export function modelOf({
  provider,
  model,
  requestedModel,
}: Pick<ReceiptSummary, 'provider' | 'model' | 'requestedModel'>): string | null {
  return provider && model ? `${provider}/${model}` : requestedModel;
}

/** Dollars to the last digit; a model without a price costs an unknown amount, not nothing. */
export function costOf(costUsd: string | null): string {
  return costUsd === null ? 'Unknown' : formatUsd(costUsd);
}

/** Whether the answer came from the cache. */
export function isCacheHit({ cache }: Pick<ReceiptSummary, 'cache'>): boolean {
  return cache.status === 'hit-exact' || cache.status === 'hit-semantic';
}
