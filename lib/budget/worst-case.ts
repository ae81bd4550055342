import type { ProviderKind, Target } from '@/lib/gateway/types';
import type { ChatMessage, ChatRequest } from '@/lib/openai/wire';
import { countTextTokens } from '@/lib/gateway/tokens';
import { visitRequestTexts } from '@/lib/policy/prompt/text';
import { imageTokensOf } from './image-tokens';
import { outputLimitOf } from './output-limit';

/** Upper bounds of what one attempt may be billed for, tokens. */
export type WorstCase = {
  input: number;
  output: number;
  textOnly: boolean;
  cacheWrites: boolean;
};

/** Framing of a message, and of the answer's beginning. */
const TOKENS_PER_MESSAGE = 8;
/** What providers write into the prompt themselves when it brings tools. */
const TOOL_PREAMBLE_TOKENS = 700;
/** Base64 of files and audio: even dense documents stay below a token for this many characters. */
const MEDIA_CHARS_PER_TOKEN = 4;
/** Encodings of makers other than OpenAI's newer ones give up to this many tokens for one of o200k. */
const OTHER_ENCODINGS = 1.5;
const O200K_MODELS = /gpt-(4o|4\.1|4\.5|[5-9]|oss)|\bo[134](-|$)/i;
/** Kinds that may charge for writing the prompt into their cache. */
const WRITES_CACHE: ReadonlySet<string> = new Set(['anthropic', 'bedrock', 'openrouter']);

type Counted = {
  tokens: number;
  chars: number;
  bytes: number;
  images: number;
  mediaChars: number;
  messages: number;
  hasTools: boolean;
};

/**
 * The worst case of one attempt at a target: the prompt as that model may count it, images and tools
 * included, and the most it may answer - the bound the request carries, by itself or from
 * `maxOutputTokens`, else the model's own limit - for each of `n` choices.
 */
export function worstCaseTokens(request: ChatRequest, { connection, model }: Target): WorstCase {
  const counted = countOnce(request);
  const bound = request.max_completion_tokens ?? request.max_tokens ?? null;
  const traits = traitsOf(connection.kind, model);
  return {
    input: inputBound(counted, traits),
    output: (bound ?? traits.outputLimit) * (request.n ?? 1),
    textOnly: counted.images === 0 && counted.mediaChars === 0,
    cacheWrites: WRITES_CACHE.has(connection.kind),
  };
}

/** What a model's name says of how it counts. */
type Traits = { isO200k: boolean; imageTokens: number; outputLimit: number };

// Some thirty patterns each time otherwise. Names come from requests, so the memory is bounded.
const TRAITS_MEMORY = 4096;
const knownTraits = new Map<string, Traits>();

function traitsOf(kind: ProviderKind, model: string): Traits {
  const key = `${kind}/${model}`;
  const known = knownTraits.get(key);
  if (known) return known;
  const traits = {
    isO200k: O200K_MODELS.test(model),
    imageTokens: imageTokensOf(model),
    outputLimit: outputLimitOf(kind, model),
  };
  if (knownTraits.size >= TRAITS_MEMORY) knownTraits.clear();
  knownTraits.set(key, traits);
  return traits;
}

function inputBound(counted: Counted, { isO200k, imageTokens }: Traits): number {
  const { tokens, chars, bytes, messages } = counted;
  // No byte encoding makes more tokens than bytes.
  const text = isO200k
    ? tokens
    : Math.min(bytes, Math.ceil(tokens * OTHER_ENCODINGS) + (bytes - chars));
  return (
    text +
    (messages + 1) * TOKENS_PER_MESSAGE +
    counted.images * imageTokens +
    Math.ceil(counted.mediaChars / MEDIA_CHARS_PER_TOKEN) +
    (counted.hasTools ? TOOL_PREAMBLE_TOKENS : 0)
  );
}

// A request is asked about for every target and attempt; its text is counted once.
const counts = new WeakMap<ChatRequest, Counted>();

function countOnce(request: ChatRequest): Counted {
  const known = counts.get(request);
  if (known) return known;
  const counted = count(request);
  counts.set(request, counted);
  return counted;
}

function count(request: ChatRequest): Counted {
  const sum: Counted = {
    tokens: 0,
    chars: 0,
    bytes: 0,
    images: 0,
    mediaChars: 0,
    messages: request.messages.length,
    hasTools: Boolean(request.tools?.length || request.functions?.length),
  };
  const add = (text: string): void => {
    sum.tokens += countTextTokens(text);
    sum.chars += text.length;
    sum.bytes += Buffer.byteLength(text);
  };
  visitRequestTexts({ messages: request.messages }, add);
  for (const message of request.messages) countMedia(message, sum);
  for (const schema of [request.tools, request.functions, request.response_format]) {
    if (schema) add(JSON.stringify(schema));
  }
  return sum;
}

function countMedia({ content }: ChatMessage, sum: Counted): void {
  if (!Array.isArray(content)) return;
  for (const part of content) {
    if (part.type === 'image_url') sum.images += 1;
    else if (part.type !== 'text' && part.type !== 'refusal')
      sum.mediaChars += JSON.stringify(part).length;
  }
}
