import { nameOf } from '@/lib/gateway/ports';
import type { PriceBook, Target } from '@/lib/gateway/types';
import type { ChatRequest } from '@/lib/openai/wire';
import { worstCaseTokens } from './worst-case';

type Known = { prices: PriceBook; connectionId: string; model: string; usd: string | null };

// A request is judged before it is planned, reserved for when it is made: most often for one target.
const latest = new WeakMap<ChatRequest, Known>();

/**
 * Most that one attempt at a target can cost, USD, or null when the model has no price. Prices that are
 * about to change are allowed for, so that the answer holds for as long as a request may take.
 */
export function worstCaseUsd(
  prices: PriceBook,
  request: ChatRequest,
  target: Target,
): string | null {
  const { connection, model } = target;
  const known = latest.get(request);
  if (known?.prices === prices && known.connectionId === connection.id && known.model === model)
    return known.usd;
  const usd = prices.worstCaseOf(nameOf(target), worstCaseTokens(request, target));
  latest.set(request, { prices, connectionId: connection.id, model, usd });
  return usd;
}
