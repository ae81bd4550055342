export { createPriceBook, type PriceBookOptions, type PriceOverride } from './price-book';
export {
  catalogueModels,
  cataloguePrice,
  catalogueServes,
  contextWindowOf,
  type CatalogueModel,
  type ListPrice,
} from './models';
export { SANDBOX_MODELS } from './sandbox-prices';
export { capabilitiesOf, keepsToJsonSchema, type ModelCapabilities } from './capabilities';
