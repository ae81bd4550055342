import { countTokens as encodeAndCount } from 'gpt-tokenizer/encoding/o200k_base';
import type { ChatRequest } from '@/lib/openai/wire';
import { visitRequestTexts } from '@/lib/policy/prompt/text';

/** Framing of a message in OpenAI's chat format, and of the answer's beginning. */
const TOKENS_PER_MESSAGE = 4;
/** A high-detail image of 1024 x 1024 costs OpenAI's models 765 tokens. */
const TOKENS_PER_IMAGE = 765;
const BYTES_PER_TOKEN = 4;

/** A tokenizer takes quadratic time on an unbroken run; 256 characters are cut off at a time. */
const LONG_RUN = /(\S{256}|\s{256})/;
/** Longer texts are judged by three samples of this many characters, so that counting stays within milliseconds. */
const SAMPLE_CHARS = 20_000;

/** Special tokens in a prompt are ordinary text: a caller's `<|endoftext|>` must not throw. */
const options = { disallowedSpecial: new Set<string>() };

/**
 * Tokens of a text by OpenAI's o200k encoding, which is close to other providers' too. Exact up to
 * 60,000 characters, extrapolated from its beginning, middle and end beyond.
 */
export function countTextTokens(text: string): number {
  if (text.length <= 3 * SAMPLE_CHARS) return countPieces(text);
  const middle = Math.floor((text.length - SAMPLE_CHARS) / 2);
  const sampled =
    countPieces(text.slice(0, SAMPLE_CHARS)) +
    countPieces(text.slice(middle, middle + SAMPLE_CHARS)) +
    countPieces(text.slice(-SAMPLE_CHARS));
  return Math.ceil((sampled * text.length) / (3 * SAMPLE_CHARS));
}

function countPieces(text: string): number {
  if (!LONG_RUN.test(text)) return encodeAndCount(text, options);
  return text
    .split(LONG_RUN)
    .reduce((sum, piece) => sum + (piece ? encodeAndCount(piece, options) : 0), 0);
}

/** Tokens of a request's messages and tools, by the tokenizer. For limits that a policy sets on them. */
export function countRequestTokens(request: ChatRequest): number {
  return sumOver(request, countTextTokens);
}

/**
 * The same by the size of the text, at the cost of a few microseconds: what is charged to a token
 * window on admission and corrected when the answer's usage is known.
 */
export function estimateRequestTokens(request: ChatRequest): number {
  return sumOver(request, (text) => Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

function sumOver(request: ChatRequest, tokensOf: (text: string) => number): number {
  let tokens = (request.messages.length + 1) * TOKENS_PER_MESSAGE;
  visitRequestTexts({ messages: request.messages }, (text) => {
    tokens += tokensOf(text);
  });
  for (const { content } of request.messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) if (part.type === 'image_url') tokens += TOKENS_PER_IMAGE;
  }
  for (const schema of [request.tools, request.functions, request.response_format]) {
    if (schema) tokens += tokensOf(JSON.stringify(schema));
  }
  return Math.ceil(tokens);
}

/** What is assumed of an answer whose request names no bound. */
const ASSUMED_OUTPUT_TOKENS = 1024;

/** Upper bound of the tokens that all choices of an answer may have, as far as the request says. */
export function outputBound({
  max_tokens: old,
  max_completion_tokens: bound,
  n,
}: ChatRequest): number {
  return (bound ?? old ?? ASSUMED_OUTPUT_TOKENS) * (n ?? 1);
}

/** The same where the request does say. */
export function namedOutputBound(request: ChatRequest): number {
  const { max_tokens: old, max_completion_tokens: bound } = request;
  return (bound ?? old ?? null) === null ? 0 : outputBound(request);
}
