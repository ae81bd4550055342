import type { PolicyKind, RolePolicy } from '@/lib/policy/role-policy';

const number = new Intl.NumberFormat('en-US');
const usd = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 10,
  minimumFractionDigits: 0,
});
const percent = (share: number) => `${number.format(Math.round(share * 1000) / 10)}%`;

/** `90` → `90 s`, `3600` → `1 h`, `5400` → `1 h 30 min`. */
export function durationWords(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${number.format(count)} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

const count = (n: number, one: string, many = `${one}s`) =>
  `${number.format(n)} ${n === 1 ? one : many}`;

/** Names up to two of a list, then counts. */
function some(values: readonly string[]): string {
  const [first, second, ...rest] = values;
  if (rest.length > 0) return `${first}, ${second} and ${rest.length} more`;
  return values.join(' and ');
}

type Summaries = { [K in PolicyKind]: (section: RolePolicy[K]) => (string | false)[] };

const SUMMARIES: Summaries = {
  promptPolicies: (p) => [
    p.pii.enabled && `Personal data: ${p.pii.action}, ${count(p.pii.entities.length, 'kind')}`,
    p.injection.enabled &&
      `Injection: ${p.injection.action} at ${p.injection.sensitivity} sensitivity`,
    p.maxPromptTokens > 0 && `At most ${number.format(p.maxPromptTokens)} prompt tokens`,
    p.maxPromptChars > 0 && `At most ${number.format(p.maxPromptChars)} characters`,
    p.maxMessages > 0 && `At most ${count(p.maxMessages, 'message')}`,
    p.blockedPatterns.length > 0 && count(p.blockedPatterns.length, 'blocked pattern'),
    (p.sanitize.normalizeUnicode || p.sanitize.stripInvisible) && 'Text is sanitised',
  ],
  toolPolicies: (p) =>
    p.allowToolCalling
      ? [
          p.allowedTools.length > 0 ? `Only ${some(p.allowedTools)}` : 'Tool calling allowed',
          p.blockedTools.length > 0 && `Never ${some(p.blockedTools)}`,
          p.maxToolsPerRequest > 0 && `At most ${count(p.maxToolsPerRequest, 'tool')} a request`,
          p.maxToolCallsPerResponse > 0 &&
            `At most ${count(p.maxToolCallsPerResponse, 'call')} an answer`,
          p.onViolation === 'strip' && 'What is not permitted is stripped',
        ]
      : [p.onViolation === 'strip' ? 'Tools are stripped' : 'Tool calling refused'],
  rateLimitPolicy: (p) => [
    p.requestsPerMinute > 0 && `${number.format(p.requestsPerMinute)} requests a minute`,
    p.requestsPerHour > 0 && `${number.format(p.requestsPerHour)} requests an hour`,
    p.requestsPerDay > 0 && `${number.format(p.requestsPerDay)} requests a day`,
    p.tokensPerMinute > 0 && `${number.format(p.tokensPerMinute)} tokens a minute`,
    p.tokensPerHour > 0 && `${number.format(p.tokensPerHour)} tokens an hour`,
    p.tokensPerDay > 0 && `${number.format(p.tokensPerDay)} tokens a day`,
    p.maxConcurrentRequests > 0 && `${number.format(p.maxConcurrentRequests)} at once`,
    Object.keys(p.perModel).length > 0 &&
      `Own limits for ${count(Object.keys(p.perModel).length, 'model pattern')}`,
    p.scope === 'key' ? 'Counted for each key' : 'Shared by all keys',
  ],
  modelRestrictions: (p) => [
    p.mode === 'allowlist' &&
      (p.allowedModels.length > 0 ? `Only ${some(p.allowedModels)}` : 'All models'),
    p.mode === 'blocklist' &&
      (p.blockedModels.length > 0 ? `All but ${some(p.blockedModels)}` : 'All models'),
    p.allowedProviders.length > 0 && `Providers: ${some(p.allowedProviders)}`,
    p.defaultModel !== '' && `Default ${p.defaultModel}`,
    p.maxOutputTokens > 0 && `Answers up to ${number.format(p.maxOutputTokens)} tokens`,
  ],
  cachingPolicy: (p) => [
    p.similarityThreshold >= 1
      ? 'Exact matches only'
      : `Answers to questions at least ${percent(p.similarityThreshold)} alike`,
    `Kept ${durationWords(p.ttlSeconds)}`,
    p.scope !== 'role' && `Shared within one ${p.scope}`,
    p.excludedModels.length > 0 && `Not for ${some(p.excludedModels)}`,
  ],
  routingPolicy: (p) => [
    {
      cost: 'Cheapest model that can serve',
      latency: `Fastest model, under ${number.format(p.latencyConfig.maxLatencyMs)} ms`,
      weighted: `Fixed shares of ${count(Object.keys(p.weightedConfig.weights).length, 'target')}`,
      round_robin: `${count(p.roundRobinConfig.models.length, 'model')} in turn`,
      capability: `By task, ${count(Object.keys(p.capabilityConfig.taskModels).length, 'task type')}`,
    }[p.strategy],
    p.allowModelOverride ? 'A request may name its model' : 'Every request is routed',
  ],
  resiliencePolicy: (p) => [
    p.retryEnabled && `Up to ${count(p.maxRetries, 'retry', 'retries')}`,
    p.fallbackEnabled && count(p.fallbackChain.length, 'fallback target'),
    p.circuitBreakerEnabled && `Breaker opens after ${count(p.circuitBreakerThreshold, 'failure')}`,
    `${number.format(p.requestTimeoutMs / 1000)} s an attempt`,
  ],
  budgetPolicy: (p) => [
    p.dailyLimitUSD > 0 && `${usd.format(p.dailyLimitUSD)} a day`,
    p.weeklyLimitUSD > 0 && `${usd.format(p.weeklyLimitUSD)} a week`,
    p.monthlyLimitUSD > 0 && `${usd.format(p.monthlyLimitUSD)} a month`,
    p.maxCostPerRequest > 0 && `${usd.format(p.maxCostPerRequest)} a request`,
    {
      block: 'Blocks at the limit',
      warn: 'Warns at the limit',
      throttle: 'Throttles at the limit',
    }[p.onExceeded],
    p.softLimitEnabled && `${number.format(p.softLimitBuffer)}% buffer`,
  ],
};

/** What a section does, in a few short phrases; empty when it is on but limits nothing. */
export function summarizeSection<K extends PolicyKind>(kind: K, section: RolePolicy[K]): string[] {
  return SUMMARIES[kind](section).filter((phrase) => phrase !== false);
}
