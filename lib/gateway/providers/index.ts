export { createProviderRegistry, type ProviderRegistryOptions, type Providers } from './registry';
export type { ConnectionTest } from './test-connection/test-connection';
export { anthropicMaxOutputTokens } from './anthropic/family';
