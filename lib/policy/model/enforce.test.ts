import { describe, expect, it } from 'vitest';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import type { ChatRequest } from '@/lib/openai/wire';
import { compiled, chat } from '../testing';
import { checkModel, clampOutputTokens } from './enforce';
import { RESERVED_PROVIDER_NAMES } from './match';
import type { ModelRestrictions } from './schema';

const restricted = (fields: Partial<ModelRestrictions>) =>
  compiled({ modelRestrictions: { enabled: true, ...fields } });

function verdict(fields: Partial<ModelRestrictions>, target: string): string {
  const [provider = '', ...model] = target.split('/');
  const decision = checkModel(restricted(fields), { provider, model: model.join('/') });
  return decision.verdict === 'deny' ? decision.code : decision.verdict;
}

describe('model restrictions', () => {
  it('has no effect while the section is off', () => {
    const off = compiled({ modelRestrictions: { allowedModels: ['x'], maxOutputTokens: 5 } });
    expect(checkModel(off, { provider: 'openai', model: 'gpt-4o' }).verdict).toBe('skip');
    expect(clampOutputTokens(off, chat('hi')).verdict).toBe('skip');
  });

  it.each([
    [[], 'openai/gpt-4o', 'allow'],
    [['gpt-4o'], 'openai/gpt-4o', 'allow'],
    [['gpt-4o'], 'my-azure/gpt-4o', 'allow'],
    [['gpt-4o'], 'openai/gpt-4o-mini', 'model_not_allowed'],
    [['gpt-*'], 'openai/gpt-4o-mini', 'allow'],
    [['openai/gpt-4o'], 'openai/gpt-4o', 'allow'],
    [['openai/gpt-4o'], 'my-azure/gpt-4o', 'model_not_allowed'],
    [['*/gpt-4o'], 'my-azure/gpt-4o', 'allow'],
    [['GPT-4o'], 'openai/gpt-4O', 'allow'],
    [['meta-llama/llama-3'], 'openrouter/meta-llama/llama-3', 'allow'],
    [['openrouter/meta-llama/*'], 'openrouter/meta-llama/llama-3', 'allow'],
    [['openrouter/meta-llama/*'], 'together/meta-llama/llama-3', 'model_not_allowed'],
    [['openai/*'], 'openrouter/openai/gpt-4o', 'model_not_allowed'],
  ])('an allowlist of %j makes of %s: %s', (allowedModels, target, expected) => {
    expect(verdict({ mode: 'allowlist', allowedModels, blockedModels: ['*'] }, target)).toBe(
      expected,
    );
  });

  it.each([
    [[], 'openai/gpt-4o', 'allow'],
    [['gpt-4o'], 'openai/gpt-4o', 'model_not_allowed'],
    [['gpt-4o'], 'openai/GPT-4O', 'model_not_allowed'],
    [['openai/*'], 'anthropic/claude-3-opus', 'allow'],
    [['openai/gpt-4o'], 'openrouter/openai/gpt-4o', 'model_not_allowed'],
    [['*opus*'], 'anthropic/claude-3-opus', 'model_not_allowed'],
  ])('a blocklist of %j makes of %s: %s', (blockedModels, target, expected) => {
    expect(verdict({ mode: 'blocklist', blockedModels, allowedModels: ['nothing'] }, target)).toBe(
      expected,
    );
  });

  it.each(['allowlist', 'blocklist'] as const)(
    'allows only the allowed providers in %s mode',
    (mode) => {
      expect(verdict({ mode, allowedProviders: ['openai'] }, 'openai/gpt-4o')).toBe('allow');
      expect(verdict({ mode, allowedProviders: ['openai'] }, 'groq/gpt-4o')).toBe(
        'provider_not_allowed',
      );
    },
  );

  it('knows every kind of provider by name', () => {
    expect([...RESERVED_PROVIDER_NAMES].sort()).toEqual([...PROVIDER_KINDS].sort());
  });
});

describe('maxOutputTokens', () => {
  const clamp = (request: Partial<ChatRequest>, maxOutputTokens = 100) =>
    clampOutputTokens(restricted({ maxOutputTokens }), chat('hi', request));

  it('lets a request alone when it is 0 or not exceeded', () => {
    expect(clamp({ max_tokens: 1_000_000 }, 0).verdict).toBe('allow');
    expect(clamp({ max_tokens: 100 }).verdict).toBe('allow');
  });

  it.each(['max_tokens', 'max_completion_tokens'])('clamps %s and warns', (field) => {
    expect(clamp({ [field]: 101 })).toMatchObject({
      verdict: 'rewrite',
      value: { [field]: 100 },
      warnings: ['max_tokens_clamped'],
    });
  });

  it('clamps whichever of both fields is too large', () => {
    expect(clamp({ max_tokens: 50, max_completion_tokens: 500 })).toMatchObject({
      value: { max_tokens: 50, max_completion_tokens: 100 },
    });
  });

  it.each([{}, { max_tokens: null }, { max_completion_tokens: null }])(
    'bounds a request that names no limit (%j), without a warning',
    (fields) => {
      const decision = clamp(fields);
      expect(decision).toMatchObject({ verdict: 'rewrite', warnings: [] });
      expect(decision.verdict === 'rewrite' && decision.value).toEqual(
        chat('hi', { max_completion_tokens: 100 }),
      );
    },
  );

  it('bounds all choices together', () => {
    expect(clamp({ n: 3 })).toMatchObject({ value: { max_completion_tokens: 33 } });
    expect(clamp({ n: 2, max_tokens: 60 })).toMatchObject({ value: { max_tokens: 50 } });
    expect(clamp({ n: 101 })).toMatchObject({
      verdict: 'deny',
      code: 'invalid_request',
      param: 'n',
    });
  });

  it('never changes the request it was given', () => {
    const request = chat('hi', { max_tokens: 500 });
    clampOutputTokens(restricted({ maxOutputTokens: 1 }), request);
    expect(request.max_tokens).toBe(500);
  });
});
