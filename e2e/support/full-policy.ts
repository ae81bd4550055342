import type { RolePolicyInput } from '@/lib/policy/role-policy';

/** Every section on, filled as the specification's wireframes show it. */
export const FULL_POLICY: RolePolicyInput = {
  promptPolicies: {
    enabled: true,
    maxPromptChars: 100_000,
    maxMessages: 50,
    sanitize: { normalizeUnicode: true, stripInvisible: true },
    injection: { enabled: true, allowedPhrases: ['ignore the previous draft'] },
    pii: { enabled: true, action: 'redact', restoreInResponse: true },
    blockedPatterns: ['(?i)internal use only', 'PROJ-\\d+'],
  },
  toolPolicies: {
    enabled: true,
    allowedTools: ['search_*', 'get_weather'],
    blockedTools: ['delete_*'],
    maxToolsPerRequest: 20,
    maxToolCallsPerResponse: 5,
  },
  rateLimitPolicy: {
    enabled: true,
    requestsPerMinute: 300,
    requestsPerDay: 50_000,
    tokensPerMinute: 300_000,
    maxConcurrentRequests: 25,
    perModel: {
      'openai/gpt-4o': { requestsPerMinute: 60, tokensPerMinute: 100_000 },
      'sandbox/*': { requestsPerMinute: 120 },
    },
  },
  modelRestrictions: {
    enabled: true,
    mode: 'blocklist',
    allowedModels: ['openai/*', 'anthropic/*', 'gemini/*'],
    blockedModels: ['openai/o1-pro'],
    defaultModel: 'gpt-4o-mini',
    maxOutputTokens: 4096,
  },
  cachingPolicy: { enabled: true, excludedModels: ['gpt-4-turbo', 'claude-3-opus'] },
  routingPolicy: {
    enabled: true,
    costConfig: {
      simpleModels: ['gpt-3.5-turbo', 'claude-3-haiku'],
      mediumModels: ['gpt-4o-mini', 'claude-3-sonnet'],
      complexModels: ['gpt-4o', 'claude-3-opus'],
    },
  },
  resiliencePolicy: {
    enabled: true,
    retryEnabled: true,
    fallbackEnabled: true,
    fallbackChain: [
      { provider: 'openai', model: 'gpt-4o', priority: 1 },
      { provider: 'anthropic', model: 'claude-3-5-sonnet', priority: 2 },
      { provider: 'gemini', model: 'gemini-pro', priority: 3 },
    ],
    circuitBreakerEnabled: true,
  },
  budgetPolicy: {
    enabled: true,
    dailyLimitUSD: 50,
    weeklyLimitUSD: 250,
    monthlyLimitUSD: 1000,
    maxCostPerRequest: 5,
    alertWebhook: 'https://hooks.company.com/budget-alerts',
    alertEmails: ['admin@company.com', 'finance@company.com'],
  },
};
