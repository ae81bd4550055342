import { catalogueModels, catalogueServes } from '@/lib/budget/pricing';
import type { ModelCatalogue } from './ports';
import type { ProviderKind } from './types';

const lists = new Map<ProviderKind, readonly string[]>();

/** The built-in price catalogue as a directory of models. */
export const priceCatalogue: ModelCatalogue = {
  serves: catalogueServes,
  list(kind) {
    let models = lists.get(kind);
    if (!models) {
      models = catalogueModels(kind).map(({ id }) => id);
      lists.set(kind, models);
    }
    return models;
  },
};
