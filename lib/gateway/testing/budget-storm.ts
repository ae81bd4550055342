import { createPriceBook } from '@/lib/budget/pricing';
import { money } from '@/lib/money';
import type { AnswerCache, CachedAnswer } from '../ports';
import { type BudgetBooks, budgetGateway } from './budget-gateway';
import { beginStream, chunkEvent, drained, sendCompletion, usageEvent } from './test-upstream';

export type StormResult = {
  limitUsd: string;
  bufferPercent: number;
  requests: number;
  statuses: Record<string, number>;
  settledUsd: string;
  /** Sum of the receipts of all requests. */
  receiptsUsd: string;
  leasedUsd: string;
  usedPercent: number;
};

const KINDS = ['whole', 'stream', 'retried', 'aborted', 'cached'] as const;
const OUTPUT_TOKENS = 20;
/** Four tenths of a cent an answer. */
const PRICE = { model: 'test/test-model', inputPerMillion: '0', outputPerMillion: '200' };

/**
 * 1,000 requests at once on a limit of a dollar: whole answers, streams, retries, clients that leave in
 * mid-stream, cache hits. Each asks for four tenths of a cent at most, over real HTTP through the
 * whole gateway.
 */
export async function budgetStorm(
  options: { requests?: number; bufferPercent?: number; books?: BudgetBooks } = {},
): Promise<StormResult> {
  const { requests = 1000, bufferPercent = 0, books } = options;
  const gateway = await budgetGateway({
    waitMs: 1_000,
    prices: createPriceBook({ overrides: [PRICE] }),
    deps: { cache: lastWordCache() },
    books,
  });
  const failed = new Set<string>();
  gateway.upstream.answer(async ({ request, response }) => {
    const text = String(request.messages.at(-1)?.content);
    if (text.startsWith('retried') && !failed.has(text)) {
      failed.add(text);
      response.writeHead(503).end();
      return;
    }
    if (request.stream !== true)
      return sendCompletion(response, { completionTokens: OUTPUT_TOKENS });
    beginStream(response);
    for (let token = 0; token < OUTPUT_TOKENS; token += 1) {
      if (!response.write(chunkEvent({ content: ' word' }))) await drained(response);
    }
    // Those who leave do so here; the others get the end.
    if (text.startsWith('aborted')) return;
    response.write(usageEvent({ completionTokens: OUTPUT_TOKENS }));
    response.end('data: [DONE]\n\n');
  });
  gateway.setPolicy({
    budgetPolicy: {
      enabled: true,
      dailyLimitUSD: 1,
      softLimitEnabled: bufferPercent > 0,
      softLimitBuffer: bufferPercent,
    },
    resiliencePolicy: { enabled: true, maxRetries: 1 },
  });
  const statuses: Record<string, number> = {};
  const one = async (index: number): Promise<void> => {
    const kind = KINDS[index % KINDS.length] ?? 'whole';
    const leave = new AbortController();
    const content = kind === 'cached' ? 'cached' : `${kind} ${index}`;
    const answer = await gateway.chat(
      {
        messages: [{ role: 'user', content }],
        max_tokens: OUTPUT_TOKENS,
        stream: kind === 'stream' || kind === 'aborted',
      },
      { signal: leave.signal },
    );
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (kind !== 'aborted' || answer.status !== 200) return void (await answer.text());
    await answer.body?.getReader().read();
    leave.abort();
  };
  await Promise.all(Array.from({ length: requests }, (_, index) => one(index)));
  const receipts = await whenAllWritten(gateway.receipts, requests);
  const settledUsd = await gateway.settledToday();
  await gateway.ledger.drain();
  const leasedUsd = await gateway.leasedToday();
  await gateway.close();
  const receiptsUsd = receipts
    .reduce((sum, { costUsd }) => sum.plus(costUsd ?? 0), money(0))
    .toFixed();
  const usable = money(1).times(100 + bufferPercent);
  const usedPercent = money(settledUsd).times(10_000).dividedBy(usable).toNumber();
  return {
    limitUsd: '1',
    bufferPercent,
    requests,
    statuses,
    settledUsd,
    receiptsUsd,
    leasedUsd,
    usedPercent,
  };
}

async function whenAllWritten<T>(receipts: readonly T[], count: number): Promise<readonly T[]> {
  const until = performance.now() + 20_000;
  while (receipts.length < count && performance.now() < until)
    await new Promise((resolve) => setImmediate(resolve));
  return receipts;
}

/** The simplest cache there is: the same last message gets the same answer. */
function lastWordCache(): AnswerCache {
  const answers = new Map<string, CachedAnswer>();
  return {
    look: ({ request }) => {
      const text = String(request.messages.at(-1)?.content);
      const answer = answers.get(text);
      return Promise.resolve(
        answer
          ? {
              status: 'hit-exact',
              reason: 'the same',
              answer,
              similarity: 1,
              ageSeconds: 0,
              entryId: text,
            }
          : {
              status: 'miss',
              reason: 'new',
              store: (stored) => void answers.set(text, stored),
              abandon: () => undefined,
            },
      );
    },
  };
}
