import 'server-only';
import { z } from 'zod';
import { catalogueModels } from '@/lib/budget/pricing';
import { withTenant, type Tx } from '@/lib/db/client';
import { listPrices as readOwn, replacePrices as writeOwn } from '@/lib/db/prices-repository';
import { listConnections } from '@/lib/db/provider-connections-repository';
import { PROVIDER_KINDS, type ProviderKind } from '@/lib/gateway/types';
import { toMoneyString } from '@/lib/money';
import { audit, type Access } from './access';
import { collect } from './collect';
import { modelNameSchema } from '@/lib/policy/primitives';
import type { PriceView } from './views';

const PRICE = 'Write USD per million tokens as a decimal, such as 2.5.';

/** A decimal as text or number; kept as text, so that no digit is lost. */
const priceField = z
  .union([z.string().trim(), z.number().min(0).transform(String)], { error: PRICE })
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,10})?$/, PRICE))
  .transform((text) => toMoneyString(text));

const MODEL = 'Write provider/model, such as openai/gpt-4o.';
const priceInput = z
  .strictObject({
    model: modelNameSchema.regex(/^[^/]+\/.+$/, MODEL),
    inputPerMillion: priceField,
    cachedInputPerMillion: priceField.nullish(),
    outputPerMillion: priceField,
    /** What GET answers may be sent back: the catalogue's own entries are left out. */
    source: z.enum(['catalogue', 'tenant']).optional(),
  })
  .transform(({ source, ...price }) => ({ price, isOwn: source !== 'catalogue' }));

export const pricesBody = z.strictObject({
  items: z
    .array(priceInput)
    .max(5000, 'Write at most 5000 prices.')
    .superRefine((items, context) => {
      const seen = new Set<string>();
      items.forEach(({ price, isOwn }, index) => {
        if (isOwn && seen.has(price.model)) {
          const message = `${price.model} is listed twice.`;
          context.addIssue({ code: 'custom', path: [index, 'model'], message });
        }
        if (isOwn) seen.add(price.model);
      });
    })
    .transform((items) => items.filter((item) => item.isOwn).map((item) => item.price)),
});

/** The catalogue's prices under the names of the tenant's connections, with its own prices over them. */
export async function listPrices({ tenant }: Access): Promise<{ items: PriceView[] }> {
  return withTenant(tenant.id, (tx) => pricesOf(tx, tenant.id));
}

/** Replaces the tenant's own prices; in force within a second. */
export async function replacePrices(
  access: Access<'editor'>,
  { items }: z.output<typeof pricesBody>,
): Promise<{ items: PriceView[] }> {
  const { tenant } = access;
  return withTenant(tenant.id, async (tx) => {
    const before = await readOwn(tx, tenant.id);
    const after = await writeOwn(tx, tenant.id, items);
    await audit(tx, access, {
      action: 'prices.replace',
      target: { type: 'tenant', id: tenant.id, name: tenant.name },
      detail: { changes: changesBetween(before, after) },
    });
    return pricesOf(tx, tenant.id);
  });
}

async function pricesOf(tx: Tx, tenantId: string): Promise<{ items: PriceView[] }> {
  const connections = await collect((page) => listConnections(tx, tenantId, page));
  const prices = new Map<string, PriceView>();
  for (const [provider, kind] of providersOf(connections)) {
    for (const { id, price } of catalogueModels(kind)) {
      const model = `${provider}/${id}`;
      prices.set(model, { model, ...price, source: 'catalogue' });
    }
  }
  for (const own of await readOwn(tx, tenantId)) prices.set(own.model, own);
  return { items: [...prices.values()].sort((a, b) => (a.model < b.model ? -1 : 1)) };
}

/** Every kind under its own name, unless a connection of another kind has taken it; then the connections. */
function providersOf(
  connections: readonly { name: string; kind: ProviderKind }[],
): Map<string, ProviderKind> {
  const kinds = PROVIDER_KINDS.map((kind) => [kind as string, kind] as const);
  return new Map([...kinds, ...connections.map(({ name, kind }) => [name, kind] as const)]);
}

type Own = Omit<PriceView, 'source'>;

/** Which models' own prices were added, changed or taken away. */
function changesBetween(before: readonly Own[], after: readonly Own[]) {
  const shown = (price: Own | undefined) =>
    price ? [price.inputPerMillion, price.cachedInputPerMillion, price.outputPerMillion] : null;
  const models = [...new Set([...before, ...after].map((price) => price.model))];
  return models.flatMap((model) => {
    const from = shown(before.find((price) => price.model === model));
    const to = shown(after.find((price) => price.model === model));
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path: model, from, to }];
  });
}
