import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { PROVIDER_KINDS, type ProviderKind, type Usage } from '@/lib/gateway/types';
import { catalogueModels, cataloguePrice, catalogueServes, createPriceBook } from '.';
import { ORACLE_CLOCK, oracleCosts } from './testing/oracle-costs';

const flat: Usage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};
const at = (iso: string) => ({ now: () => Date.parse(iso) });
const target = (kind: ProviderKind, model: string, provider: string = kind) => ({
  provider,
  kind,
  model,
});

describe('oracle costs', () => {
  it('agree to the last digit', () => {
    const rows = oracleCosts();
    expect(rows.length).toBeGreaterThan(300);
    const book = createPriceBook({ clock: ORACLE_CLOCK });
    const wrong = rows.flatMap(({ name, kind, model, usage, costUsd }) => {
      const cost = book.costOf(target(kind, model), usage);
      return cost === costUsd ? [] : [`${name}: ${cost} instead of ${costUsd}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('price book', () => {
  it('bills cached tokens, cache writes of both lengths and reasoning at their own rates', () => {
    const book = createPriceBook({ clock: at('2026-06-01T00:00:00Z') });
    const claude = target('anthropic', 'claude-sonnet-4-5-20250929');
    const usage = {
      ...flat,
      inputTokens: 10_000,
      cachedInputTokens: 4000,
      cacheWrite5mTokens: 2000,
      cacheWrite1hTokens: 1000,
      outputTokens: 500,
      reasoningTokens: 300,
    };
    // 3000 x 3 + 4000 x 0.3 + 2000 x 3.75 + 1000 x 6 + 500 x 15, per million
    expect(book.costOf(claude, usage)).toBe('0.0312');
  });

  it('changes to the long-prompt rate above its threshold, not at it', () => {
    const book = createPriceBook({ clock: at('2026-06-01T00:00:00Z') });
    const gemini = target('gemini', 'gemini-2.5-pro');
    expect(book.costOf(gemini, { ...flat, inputTokens: 200_000 })).toBe('0.25');
    expect(book.costOf(gemini, { ...flat, inputTokens: 200_001 })).toBe('0.5000025');
  });

  it('follows prices that change by date and by hour', () => {
    const usage = { ...flat, inputTokens: 1_000_000 };
    const costs = ['2026-03-12T23:59:59Z', '2026-03-13T00:00:00Z'].map((iso) =>
      createPriceBook({ clock: at(iso) }).costOf(target('anthropic', 'claude-sonnet-4-6'), usage),
    );
    expect(costs).toEqual(['6', '3']);
    const deepseek = target('deepseek', 'deepseek-chat');
    const byHour = ['2026-05-01T00:29:59Z', '2026-05-01T00:30:00Z'].map((iso) =>
      createPriceBook({ clock: at(iso) }).costOf(deepseek, usage),
    );
    const catalogue = ['2026-05-01T00:29:59Z', '2026-05-01T00:30:00Z'].map((iso) =>
      String(
        calcPrice({ input_tokens: 1_000_000 }, 'deepseek-chat', {
          providerId: 'deepseek',
          timestamp: new Date(iso),
        })?.total_price,
      ),
    );
    expect(byHour).toEqual(catalogue);
    expect(byHour[0]).not.toBe(byHour[1]);
  });

  it('agrees with the catalogue on every chat model of every provider, noise apart', () => {
    const now = '2026-11-22T12:00:00Z';
    const book = createPriceBook({ clock: at(now) });
    const ids = { openai: 'openai', anthropic: 'anthropic', gemini: 'google', bedrock: 'aws' };
    for (const [kind, providerId] of Object.entries(ids)) {
      const provider = PROVIDER_KINDS.find((each) => each === kind) ?? 'openai';
      for (const { id } of catalogueModels(provider)) {
        const usage = { ...flat, inputTokens: 12_345, cachedInputTokens: 1000, outputTokens: 678 };
        const theirs = calcPrice(
          { input_tokens: 12_345, cache_read_tokens: 1000, output_tokens: 678 },
          id,
          { providerId, timestamp: new Date(now) },
        );
        const ours = Number(book.costOf(target(provider, id), usage));
        expect(ours, id).toBeCloseTo(theirs?.total_price ?? -1, 9);
      }
    }
  });

  it('lets a tenant price win over the catalogue, for that connection only', () => {
    const book = createPriceBook({
      overrides: [
        { model: 'openai/gpt-4o', inputPerMillion: '1', outputPerMillion: '2' },
        {
          model: 'local/llama3',
          inputPerMillion: '0.5',
          cachedInputPerMillion: '0.1',
          outputPerMillion: '0',
        },
      ],
    });
    const usage = { ...flat, inputTokens: 1000, cachedInputTokens: 500, outputTokens: 1000 };
    expect(book.costOf(target('openai', 'gpt-4o'), usage)).toBe('0.003');
    expect(book.costOf(target('openai', 'gpt-4o', 'other'), usage)).toBe('0.011875');
    expect(book.costOf(target('ollama', 'llama3', 'local'), usage)).toBe('0.0003');
  });

  it('says null for a model without a price, never zero', () => {
    const book = createPriceBook();
    expect(book.costOf(target('openai', 'no-such-model'), flat)).toBeNull();
    expect(book.costOf(target('ollama', 'llama3'), flat)).toBeNull();
    expect(book.worstCaseOf(target('openai-compatible', 'x'), { input: 1, output: 1 })).toBeNull();
    expect(book.costOf(target('sandbox', 'huge'), flat)).toBeNull();
  });

  it('never goes below the real cost in the worst case, whatever the split of the tokens', () => {
    const book = createPriceBook({ clock: at('2026-11-22T12:00:00Z') });
    for (const kind of PROVIDER_KINDS) {
      for (const { id } of catalogueModels(kind)) {
        const worst = Number(book.worstCaseOf(target(kind, id), { input: 300_000, output: 5000 }));
        for (const split of [
          { inputTokens: 300_000, outputTokens: 5000 },
          { inputTokens: 300_000, cacheWrite1hTokens: 300_000, outputTokens: 5000 },
          {
            inputTokens: 300_000,
            cacheWrite5mTokens: 300_000,
            reasoningTokens: 5000,
            outputTokens: 5000,
          },
          { inputTokens: 1000, cachedInputTokens: 1000, outputTokens: 1 },
          {
            inputTokens: 300_000,
            inputAudioTokens: 300_000,
            outputTokens: 5000,
            outputAudioTokens: 5000,
          },
        ]) {
          const cost = Number(book.costOf(target(kind, id), { ...flat, ...split }));
          expect(cost, `${kind}/${id}`).toBeLessThanOrEqual(worst);
        }
      }
    }
  });

  it('narrows the worst case when told that there is only text and no cache write', () => {
    const book = createPriceBook({ clock: at('2026-11-22T12:00:00Z') });
    const claude = target('anthropic', 'claude-sonnet-4-5');
    const tokens = { input: 1000, output: 1000 };
    expect(book.worstCaseOf(claude, tokens)).toBe('0.021');
    expect(book.worstCaseOf(claude, { ...tokens, cacheWrites: false })).toBe('0.018');
  });

  it('takes nothing off for a part reported larger than its whole', () => {
    const book = createPriceBook();
    const usage = { ...flat, inputTokens: 10, cachedInputTokens: 1000 };
    const cost = Number(book.costOf(target('openai', 'gpt-4o'), usage));
    expect(cost).toBeGreaterThan(0);
  });
});

describe('catalogue', () => {
  it('knows the names of the wireframes', () => {
    const bare: [ProviderKind, string][] = [
      ['openai', 'gpt-4o'],
      ['openai', 'gpt-4-turbo'],
      ['openai', 'gpt-3.5-turbo'],
      ['anthropic', 'claude-3-opus'],
      ['anthropic', 'claude-3-haiku'],
      ['anthropic', 'claude-3-5-sonnet'],
      ['gemini', 'gemini-pro'],
      ['sandbox', 'small'],
    ];
    for (const [kind, model] of bare) expect(catalogueServes(kind, model), model).toBe(true);
    expect(catalogueServes('openai', 'claude-3-opus')).toBe(false);
    expect(catalogueServes('gemini', 'claude-3-opus')).toBe(false);
    expect(catalogueServes('azure-openai', 'gpt-4o')).toBe(false);
  });

  it('prices every model it suggests, in plain decimals', () => {
    for (const kind of PROVIDER_KINDS) {
      for (const model of catalogueModels(kind)) {
        expect(model.price.inputPerMillion, `${kind}/${model.id}`).toMatch(/^\d+(\.\d+)?$/);
      }
    }
  });

  it('suggests no beginning of a name for a model', () => {
    for (const kind of PROVIDER_KINDS) {
      for (const { id } of catalogueModels(kind)) expect(id).toMatch(/[^-.:]$/);
    }
    expect(cataloguePrice('openai', 'ft:gpt-3.5-turbo-0125:acme::abc')).not.toBeNull();
  });

  it('leaves out what does not chat, and tells vision and tools where known', () => {
    const openai = new Map(catalogueModels('openai').map((model) => [model.id, model]));
    expect(openai.has('text-embedding-3-small')).toBe(false);
    expect(openai.has('whisper-1')).toBe(false);
    expect(openai.get('gpt-4o')).toMatchObject({
      contextWindow: 128_000,
      vision: true,
      tools: true,
    });
    expect(openai.get('gpt-3.5-turbo')).toMatchObject({ vision: false, tools: true });
  });

  it('prices the simulator like a cheap, a middle and a premium model', () => {
    expect(cataloguePrice('sandbox', 'small')).toEqual({
      inputPerMillion: '0.15',
      cachedInputPerMillion: '0.075',
      outputPerMillion: '0.6',
    });
    expect(catalogueModels('sandbox').map((model) => model.id)).toEqual([
      'small',
      'medium',
      'large',
    ]);
  });
});
