import type { RequestScope } from '@/lib/gateway/ports';
import type { ChatMessage, ChatRequest, ContentPart } from '@/lib/openai/wire';
import { digest } from './canonical';
import { isEnglish } from './veto/language';

/** Where a request's answer would lie. */
export type CacheKeys = {
  partition: string;
  exactKey: string;
  /** What the last message says. */
  question: string;
  /** Other wordings of the question may be answered alike. */
  comparable: boolean;
};

/** Fields that say nothing of the answer: how it is sent, who is billed, what is noted beside it. */
const IMMATERIAL = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'user',
  'metadata',
  'service_tier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'safety_identifier',
]);

/** More than this is a document: two that differ in one word are alike to an encoder. */
const LONGEST_QUESTION = 600;

/** Asked for, an answer belongs to its very prompt: it is replayed to the same request only. */
function wantsThisPromptOnly({ n, seed, logprobs, top_logprobs: top }: ChatRequest): boolean {
  return (n ?? 1) > 1 || (seed ?? null) !== null || logprobs === true || (top ?? 0) > 0;
}

/**
 * The keys of a request under its policy. Everything that can change the answer goes into the
 * partition, but for the words of the last user message; an image in it goes in by its content.
 */
export function keysOf({ principal, policy, request }: RequestScope): CacheKeys {
  const { scope } = policy.cachingPolicy.policy;
  const owner =
    scope === 'user' ? request.user : scope === 'key' ? principal.key.id : principal.role.id;
  const settings = Object.fromEntries(
    Object.entries(request).filter(([name]) => !IMMATERIAL.has(name)),
  );
  const last = request.messages.at(-1);
  const { text, rest } = splitMessage(last);
  const partition = digest(
    principal.tenant.id,
    principal.role.id,
    scope,
    owner,
    request.model ?? 'auto',
    request.messages.slice(0, -1).map(plainMessage),
    rest,
    settings,
    // Placeholders and what is searched for personal data change what an answer may contain.
    policy.promptPolicies.policy.enabled ? policy.promptPolicies.policy.pii : null,
  );
  const mayParaphrase =
    last?.role === 'user' &&
    text.trim().length > 0 &&
    text.length <= LONGEST_QUESTION &&
    !wantsThisPromptOnly(request) &&
    isEnglish(text);
  return {
    partition,
    exactKey: digest(partition, text),
    question: text,
    comparable: mayParaphrase,
  };
}

/** The words of a message, and all else of it. One text part and a plain string say the same. */
function splitMessage(message: ChatMessage | undefined): { text: string; rest: unknown } {
  if (!message) return { text: '', rest: null };
  const { content, ...fields } = message;
  if (typeof content === 'string') return { text: content, rest: [fields, []] };
  const parts = content ?? [];
  const texts = parts.filter(isText).map(({ text }) => text);
  // With several texts their borders count, so only a lone one is compared by meaning.
  if (texts.length > 1) return { text: '', rest: [fields, parts] };
  return { text: texts[0] ?? '', rest: [fields, parts.filter((part) => !isText(part))] };
}

const isText = (part: ContentPart): part is ContentPart & { text: string } =>
  part.type === 'text' && typeof part.text === 'string';

function plainMessage(message: ChatMessage): unknown {
  const { text, rest } = splitMessage(message);
  return [text, rest];
}
