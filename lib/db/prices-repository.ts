import 'server-only';
import { toMoneyString } from '@/lib/money';
import type { Tx } from './client';
import type { ModelPrice } from './generated/client';
import { cleanText } from './json';

/** USD per million tokens, as decimal strings. These are the tenant's own; the catalogue's are not stored. */
export type PriceView = {
  /** `provider/model`. */
  model: string;
  inputPerMillion: string;
  /** Null: cached tokens cost as much as others. */
  cachedInputPerMillion: string | null;
  outputPerMillion: string;
  source: 'tenant';
};
export type PriceInput = {
  model: string;
  inputPerMillion: string;
  cachedInputPerMillion?: string | null;
  outputPerMillion: string;
};

/** A tenant's own prices, by model. */
export async function listPrices(tx: Tx, tenantId: string): Promise<PriceView[]> {
  const rows = await tx.modelPrice.findMany({ where: { tenantId }, orderBy: { model: 'asc' } });
  return rows.map(viewOf);
}

/** Replaces all of a tenant's own prices. Models must not repeat. */
export async function replacePrices(
  tx: Tx,
  tenantId: string,
  prices: PriceInput[],
): Promise<PriceView[]> {
  await tx.modelPrice.deleteMany({ where: { tenantId } });
  await tx.modelPrice.createMany({
    data: prices.map((price) => ({
      tenantId,
      model: cleanText(price.model),
      inputPerMillion: price.inputPerMillion,
      cachedInputPerMillion: price.cachedInputPerMillion ?? null,
      outputPerMillion: price.outputPerMillion,
    })),
  });
  return listPrices(tx, tenantId);
}

function viewOf(row: ModelPrice): PriceView {
  return {
    model: row.model,
    inputPerMillion: toMoneyString(row.inputPerMillion.toFixed()),
    cachedInputPerMillion:
      row.cachedInputPerMillion && toMoneyString(row.cachedInputPerMillion.toFixed()),
    outputPerMillion: toMoneyString(row.outputPerMillion.toFixed()),
    source: 'tenant',
  };
}
