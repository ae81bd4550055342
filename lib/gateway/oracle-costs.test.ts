import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPriceBook } from '@/lib/budget/pricing';
import {
  ORACLE_CLOCK,
  type OracleCost,
  oracleCosts,
} from '@/lib/budget/pricing/testing/oracle-costs';
import { addMoney, toMoneyString } from '@/lib/money';
import { ANTHROPIC, GEMINI } from './providers/testing/provider-answers';
import { budgetGateway, type BudgetGateway } from './testing/budget-gateway';
import { completionBody } from './testing/test-upstream';

const rows = oracleCosts();

let gateway: BudgetGateway;
beforeAll(async () => {
  gateway = await budgetGateway({
    connections: [{ kind: 'openai' }, { kind: 'anthropic' }, { kind: 'gemini' }],
    prices: createPriceBook({ clock: ORACLE_CLOCK }),
  });
  gateway.setBudget({ dailyLimitUSD: 100_000 });
  gateway.upstream.answer(({ request, response }) => {
    const [, row] = /row (\d+)/.exec(JSON.stringify(request)) ?? [];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(ANSWERS[rows[Number(row)]!.kind]?.(rows[Number(row)]!)));
  });
});
afterAll(() => gateway.close());

/** The answer of a provider that reports a row's usage in its own words. */
const ANSWERS: Partial<Record<OracleCost['kind'], (row: OracleCost) => object>> = {
  openai: ({ model, usage, tokens }) => ({
    ...completionBody({ model }),
    usage: {
      prompt_tokens: usage.inputTokens,
      completion_tokens: usage.outputTokens,
      total_tokens: usage.inputTokens + usage.outputTokens,
      prompt_tokens_details: {
        cached_tokens: usage.cachedInputTokens,
        audio_tokens: usage.inputAudioTokens,
        cache_write_tokens: tokens('cache_write_tokens'),
      },
      completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    },
  }),
  anthropic: ({ model, usage }) => ({
    ...ANTHROPIC,
    model,
    usage: {
      // Anthropic counts what is read from and written to its cache apart.
      input_tokens:
        usage.inputTokens -
        usage.cachedInputTokens -
        usage.cacheWrite5mTokens -
        usage.cacheWrite1hTokens,
      cache_read_input_tokens: usage.cachedInputTokens,
      cache_creation_input_tokens: usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
      cache_creation: {
        ephemeral_5m_input_tokens: usage.cacheWrite5mTokens,
        ephemeral_1h_input_tokens: usage.cacheWrite1hTokens,
      },
      output_tokens: usage.outputTokens,
      server_tool_use: { web_search_requests: usage.webSearches },
    },
  }),
  gemini: ({ model, usage, tokens }) => ({
    ...GEMINI,
    modelVersion: model,
    usageMetadata: {
      promptTokenCount: usage.inputTokens - tokens('input_tool_tokens'),
      toolUsePromptTokenCount: tokens('input_tool_tokens'),
      candidatesTokenCount: usage.outputTokens - usage.reasoningTokens,
      thoughtsTokenCount: usage.reasoningTokens,
      totalTokenCount: usage.inputTokens + usage.outputTokens,
      cachedContentTokenCount: usage.cachedInputTokens,
      promptTokensDetails: [
        { modality: 'AUDIO', tokenCount: usage.inputAudioTokens },
        { modality: 'IMAGE', tokenCount: usage.inputImageTokens },
      ],
      cacheTokensDetails: [{ modality: 'IMAGE', tokenCount: usage.cachedInputImageTokens }],
    },
  }),
};

describe('the price oracle through the gateway', () => {
  it('has every answer charged what it says: on the answer, on the receipt, and in the ledger', async () => {
    expect(rows.length).toBe(396);
    const wrong: string[] = [];
    for (const [index, { name, kind, model, costUsd }] of rows.entries()) {
      const answer = await gateway.chat({
        model: `${kind}/${model}`,
        messages: [{ role: 'user', content: `row ${index}` }],
      });
      await answer.text();
      const told = answer.headers.get('x-rolegate-cost-usd');
      const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
      if (told !== costUsd || receipt.costUsd !== costUsd)
        wrong.push(`${name} (${answer.status}): ${told}, ${receipt.costUsd}, not ${costUsd}`);
    }
    expect(wrong).toEqual([]);
    const sum = addMoney(...rows.map(({ costUsd }) => costUsd));
    expect(await gateway.settledToday()).toBe(toMoneyString(sum));
  });
});
