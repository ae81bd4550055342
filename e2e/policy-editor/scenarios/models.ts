import { asking, body, saying, user, verdict, type Scenario } from './scenario';

export const models: readonly Scenario[] = [
  {
    path: 'modelRestrictions.enabled',
    value: true,
    base: { modelRestrictions: { allowedModels: ['sandbox/large'] } },
    ask: saying('Hello'),
    before: '200',
    after: '403 model_not_allowed',
  },
  {
    path: 'modelRestrictions.mode',
    value: 'blocklist',
    base: { modelRestrictions: { enabled: true, blockedModels: ['sandbox/small'] } },
    ask: saying('Hello'),
    before: '200',
    after: '403 model_not_allowed',
  },
  {
    path: 'modelRestrictions.allowedModels',
    value: ['sandbox/large'],
    base: { modelRestrictions: { enabled: true } },
    ask: saying('Hello'),
    before: '200',
    after: '403 model_not_allowed',
  },
  {
    path: 'modelRestrictions.blockedModels',
    value: ['sandbox/s*'],
    base: { modelRestrictions: { enabled: true, mode: 'blocklist' } },
    ask: saying('Hello'),
    before: '200',
    after: '403 model_not_allowed',
  },
  {
    path: 'modelRestrictions.allowedProviders',
    value: ['openai'],
    base: { modelRestrictions: { enabled: true } },
    ask: saying('Hello'),
    before: '200',
    after: '403 provider_not_allowed',
  },
  {
    path: 'modelRestrictions.defaultModel',
    value: 'sandbox/medium',
    base: { modelRestrictions: { enabled: true } },
    ask: asking({ model: undefined, messages: [user('Hello')] }, (answer) =>
      [verdict(answer), answer.headers.get('x-rolegate-model')].filter(Boolean).join(' '),
    ),
    before: '400 model_required',
    after: '200 medium',
  },
  {
    path: 'modelRestrictions.maxOutputTokens',
    value: 5,
    base: { modelRestrictions: { enabled: true } },
    ask: asking({ max_tokens: 50, messages: [user('[[tokens:50]] Hello')] }, (answer) =>
      [body(answer).usage?.completion_tokens, answer.headers.get('x-rolegate-warnings')]
        .filter(Boolean)
        .join(', '),
    ),
    before: '50',
    after: '5, max_tokens_clamped',
  },
];
