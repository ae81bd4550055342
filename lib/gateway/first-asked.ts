import type { RouteRecord } from './types';

/**
 * The receipt of a request that was only judged, with whom the gateway would have asked first: nobody
 * answered, and that is what the receipt would say.
 */
export function firstAsked<
  R extends {
    status: number;
    route: Pick<RouteRecord, 'candidates'>;
    provider: string | null;
    model: string | null;
  },
>(receipt: R): R {
  const first = receipt.status === 200 ? receipt.route.candidates.find(({ taken }) => taken) : null;
  return first ? { ...receipt, provider: first.provider, model: first.model } : receipt;
}
