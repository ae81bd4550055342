import { catalogueModels } from '@/lib/budget/pricing';
import type { ProviderKind } from '@/lib/gateway/types';
import { KIND_LIST } from './kinds';

/** Ids of the chat models the price catalogue knows of each kind, for suggestions. */
export type ModelCatalogue = Record<ProviderKind, readonly string[]>;

/** Read on the server, so that the whole catalogue stays out of the browser's bundle. */
export function modelCatalogue(): ModelCatalogue {
  return Object.fromEntries<readonly string[]>(
    KIND_LIST.map((kind) => [kind, catalogueModels(kind).map((model) => model.id)]),
  ) as ModelCatalogue;
}
