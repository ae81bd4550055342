export { createProviderRegistry, type ProviderRegistryOptions } from './registry';
