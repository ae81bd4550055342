import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPriceBook } from '@/lib/budget/pricing';
import { UpstreamError, type ProviderKind, type Usage } from '@/lib/gateway/types';
import { equivalentRequest, textsOf } from './testing/equivalent-request';
import {
  chunkSchema,
  completionSchema,
  gistOfChunks,
  gistOfCompletion,
} from './testing/openai-wire';
import { expectedOf, type Expected } from './testing/oracle';
import { recordings, type Recording } from './testing/recordings';
import {
  connectionTo,
  readAll,
  startUpstream,
  testRegistry,
  TEST_KEY,
  type FakeUpstream,
} from './testing/upstream';

const KINDS: Record<Recording['kind'], ProviderKind | null> = {
  'openai.chat': 'openai',
  'anthropic.messages': 'anthropic',
  'gemini.generateContent': 'gemini',
  'gemini.streamGenerateContent': 'gemini',
  // Counting tokens is no chat exchange; the gateway never asks for it.
  'gemini.countTokens': null,
};

const ORACLE = new URL('../../../../shared/eval/prices/oracle-costs.jsonl', import.meta.url);

let upstream: FakeUpstream;
const { chat, network } = testRegistry();

beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(async () => {
  await network.close();
  await upstream.close();
});

const all = recordings();
const chats = all.filter(({ kind }) => KINDS[kind] !== null);

function replay(recording: Recording) {
  const kind = KINDS[recording.kind] ?? 'openai';
  upstream.seen.length = 0;
  upstream.respond((response) => {
    response.writeHead(recording.status, { 'content-type': recording.contentType });
    // In pieces cut without regard to lines or characters, as a network may.
    for (let at = 0; at < recording.response.length; at += 997) {
      response.write(recording.response.subarray(at, at + 997));
    }
    response.end();
  });
  const base = kind === 'gemini' ? `${upstream.url}/v1beta` : `${upstream.url}/v1`;
  const request = equivalentRequest(recording);
  return { request, answer: chat(connectionTo(kind, base), recording.model, request) };
}

/** The price oracle's usage has the same classes as ours; a provider that reports no usage has none. */
function sameUsage(usage: Usage | null, expected: Expected['usage']): void {
  if (expected === null) {
    expect(usage).toBeNull();
    return;
  }
  expect({
    input: usage?.inputTokens,
    cached: usage?.cachedInputTokens,
    cacheWrite: (usage?.cacheWrite5mTokens ?? 0) + (usage?.cacheWrite1hTokens ?? 0),
    output: usage?.outputTokens,
    reasoning: usage?.reasoningTokens,
  }).toEqual(expected);
}

/** Gemini gives its calls no ids; any will do as long as there is one. */
function withoutMissingIds(gist: Expected, expected: Expected): unknown {
  const toolCalls = gist.toolCalls.map((call, index) => ({
    ...call,
    id: expected.toolCalls[index]?.id === '' ? '' : call.id,
  }));
  return { ...gist, toolCalls };
}

describe('recorded exchanges', () => {
  it('are all there', () => {
    expect(all.length).toBe(114);
    expect(chats.length).toBe(111);
  });

  describe.each(chats.filter(({ status }) => status < 400))('$name', (recording) => {
    it('comes out as a valid OpenAI answer with the same text, tool calls, finish reason and usage', async () => {
      const expected = expectedOf(recording);
      const { request, answer: pending } = replay(recording);
      const answer = await pending;
      if (answer.stream) {
        const events = await readAll(answer);
        const gist = gistOfChunks(events.map(({ chunk }) => chunkSchema.parse(chunk)));
        expect(withoutMissingIds({ ...gist, usage: null }, expected)).toEqual({
          ...expected,
          usage: null,
        });
        sameUsage(answer.usage(), expected.usage);
      } else {
        const gist = gistOfCompletion(completionSchema.parse(answer.completion));
        expect(withoutMissingIds({ ...gist, usage: null }, expected)).toEqual({
          ...expected,
          usage: null,
        });
        sameUsage(answer.usage, expected.usage);
      }
      const sent = JSON.parse(upstream.seen[0]?.body ?? '') as unknown;
      const carried = JSON.stringify(sent);
      for (const text of textsOf(request)) {
        expect(carried).toContain(JSON.stringify(text).slice(1, -1));
      }
      for (const tool of request.tools ?? []) expect(carried).toContain(`"${tool.function?.name}"`);
    });
  });

  it.each(chats.filter(({ kind, status }) => kind === 'openai.chat' && status < 400))(
    'passes the bytes of $name through',
    async (recording) => {
      const answer = await replay(recording).answer;
      if (answer.stream) {
        const raw = (await readAll(answer)).map((event) => `data: ${event.raw}\n\n`).join('');
        expect(`${raw}data: [DONE]\n\n`).toBe(recording.response.toString('utf8'));
      } else {
        expect(Buffer.from(answer.raw ?? []).equals(recording.response)).toBe(true);
      }
      const sent = JSON.parse(upstream.seen[0]?.body ?? '') as Record<string, unknown>;
      const { stream_options: options, ...rest } = sent;
      const { stream_options: _asked, ...request } = recording.request;
      expect(rest).toEqual(request);
      expect(options).toEqual(
        recording.stream ? { include_usage: true } : recording.request.stream_options,
      );
    },
  );

  it.each(chats.filter(({ status }) => status >= 400))(
    'turns the error of $name into one of ours',
    async (recording) => {
      const error = await replay(recording).answer.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UpstreamError);
      const { kind, status, message, providerCode } = error as UpstreamError;
      const body = JSON.parse(recording.response.toString('utf8')) as {
        error: Record<string, unknown>;
      };
      expect({ kind, status }).toEqual({ kind: 'status', status: recording.status });
      expect(message).toBe(body.error.message);
      const codes = [body.error.code, body.error.status, body.error.type];
      expect(codes).toContain(providerCode);
      expect(JSON.stringify(error)).not.toContain(TEST_KEY);
    },
  );

  it('cost what the price oracle says', async () => {
    expect(existsSync(ORACLE), `evaluation data must lie at ${ORACLE.pathname}`).toBe(true);
    const costs = new Map(
      readFileSync(ORACLE, 'utf8')
        .trim()
        .split('\n')
        .map(
          (line) =>
            JSON.parse(line) as {
              response_file: string;
              total_price_usd: number;
              response_model: string;
            },
        )
        .map((row) => [row.response_file, row]),
    );
    const book = createPriceBook({ clock: { now: () => Date.parse('2026-11-22T12:00:00Z') } });
    let compared = 0;
    for (const recording of chats) {
      const row = costs.get(recording.file);
      const kind = KINDS[recording.kind];
      if (row === undefined || kind === null || recording.status >= 400) continue;
      const answer = await replay(recording).answer;
      if (answer.stream) await readAll(answer);
      const usage = answer.stream ? answer.usage() : answer.usage;
      const cost = usage && book.costOf({ provider: kind, kind, model: row.response_model }, usage);
      expect(Number(cost), recording.name).toBeCloseTo(row.total_price_usd, 10);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(60);
  });
});
