import { chat, createKey } from '../../support/roles';
import { saying, times, user, verdict, type Scenario } from './scenario';

const requestWindow = (path: string): Scenario => ({
  path,
  value: 2,
  base: { rateLimitPolicy: { enabled: true } },
  ask: times(3),
  before: '200 200 200',
  after: '200 200 429',
});
const tokenWindow = (path: string): Scenario => ({
  path,
  value: 1,
  base: { rateLimitPolicy: { enabled: true } },
  ask: saying('Hello'),
  before: '200',
  after: '429 token_rate_limit_exceeded',
});

export const rateLimits: readonly Scenario[] = [
  {
    path: 'rateLimitPolicy.enabled',
    value: true,
    base: { rateLimitPolicy: { requestsPerMinute: 1 } },
    ask: times(2),
    before: '200 200',
    after: '200 429',
  },
  requestWindow('rateLimitPolicy.requestsPerMinute'),
  requestWindow('rateLimitPolicy.requestsPerHour'),
  requestWindow('rateLimitPolicy.requestsPerDay'),
  tokenWindow('rateLimitPolicy.tokensPerMinute'),
  tokenWindow('rateLimitPolicy.tokensPerHour'),
  tokenWindow('rateLimitPolicy.tokensPerDay'),
  {
    path: 'rateLimitPolicy.maxConcurrentRequests',
    value: 1,
    base: { rateLimitPolicy: { enabled: true } },
    ask: async (key) => {
      const request = { model: 'sandbox/small', messages: [user('[[delay:1500]] Hello')] };
      const answers = await Promise.all([chat(key, request), chat(key, request)]);
      return answers.map(verdict).sort().join(' ');
    },
    before: '200 200',
    after: '200 429 concurrency_limit_exceeded',
  },
  {
    // One request a minute at the steady rate, so that a slow machine does not earn a further one.
    path: 'rateLimitPolicy.burstRequests',
    value: 1,
    base: { rateLimitPolicy: { enabled: true, requestsPerHour: 60 } },
    ask: times(4),
    before: '200 200 200 200',
    after: '200 200 429 429',
  },
  {
    path: 'rateLimitPolicy.perModel',
    value: { 'sandbox/small': { requestsPerMinute: 1, tokensPerMinute: 0 } },
    base: { rateLimitPolicy: { enabled: true } },
    ask: times(2),
    before: '200 200',
    after: '200 429',
  },
  {
    path: 'rateLimitPolicy.scope',
    value: 'key',
    base: { rateLimitPolicy: { enabled: true, scope: 'role', requestsPerMinute: 1 } },
    ask: async (key, role) => {
      const second = await createKey(role.id);
      return `${await times(1)(key)} ${await times(1)(second)}`;
    },
    before: '200 429',
    after: '200 200',
  },
];
