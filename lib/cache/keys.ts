import type { RequestScope } from '@/lib/gateway/ports';
import { AUTO_MODEL } from '@/lib/gateway/targets';
import type { ChatMessage, ChatRequest, ContentPart } from '@/lib/openai/wire';
import type { CompiledPolicy } from '@/lib/policy/compile';
import { digest } from './canonical';
import { isEnglish } from './veto/language';

/** Where a request's answer would lie. */
export type CacheKeys = {
  partition: string;
  exactKey: string;
  /** What the last message says, where it may be compared: its only text. */
  question: string;
  /** All that the last message says. */
  said: string;
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

/** Whether other wordings of a text may be answered alike: it is one question, in the language that the encoder knows. */
export const isComparable = (text: string): boolean =>
  text.trim().length > 0 && text.length <= LONGEST_QUESTION && isEnglish(text);

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
    Object.entries(request).filter(([name, value]) => !IMMATERIAL.has(name) && isSet(value)),
  );
  const last = request.messages.at(-1);
  const { text, said, rest } = splitMessage(last);
  const partition = digest(
    principal.tenant.id,
    principal.role.id,
    scope,
    owner,
    request.model ?? AUTO_MODEL,
    whoChooses(policy, request),
    request.messages.slice(0, -1).map(plainMessage),
    rest,
    settings,
    // Placeholders and what is searched for personal data change what an answer may contain.
    policy.promptPolicies.policy.enabled ? policy.promptPolicies.policy.pii : null,
  );
  const mayParaphrase =
    last?.role === 'user' && !wantsThisPromptOnly(request) && isComparable(text);
  return {
    partition,
    exactKey: digest(partition, text),
    question: text,
    said,
    comparable: mayParaphrase,
  };
}

const routingDigests = new WeakMap<object, string>();

/**
 * What the policy puts in the place of the client's choice of a model: null where the client's word
 * counts, else the routing or the default that answers; so an answer made under another is not found.
 */
function whoChooses(policy: CompiledPolicy, { model }: ChatRequest): unknown {
  const isNamed = model !== undefined && model !== AUTO_MODEL;
  const routing = policy.routingPolicy.policy;
  if (routing.enabled && !(isNamed && routing.allowModelOverride)) {
    const known = routingDigests.get(routing) ?? digest(routing);
    routingDigests.set(routing, known);
    return ['routing', known];
  }
  if (isNamed) return null;
  const { enabled, defaultModel } = policy.modelRestrictions.policy;
  return ['default', enabled ? defaultModel : ''];
}

/** A setting that is null says the same as one that is absent. Deeper down it does not: schemas have null as a value. */
const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** The words of a message, and all else of it. One text part and a plain string say the same. */
function splitMessage(message: ChatMessage | undefined): {
  text: string;
  said: string;
  rest: unknown;
} {
  if (!message) return { text: '', said: '', rest: null };
  const { content, ...others } = message;
  const fields = Object.fromEntries(Object.entries(others).filter(([, value]) => isSet(value)));
  if (typeof content === 'string') return { text: content, said: content, rest: [fields, []] };
  const parts = content ?? [];
  const texts = parts.filter(isText).map(({ text }) => text);
  const said = texts.join('\n');
  // With several texts their borders count, so only a lone one is compared by meaning.
  if (texts.length > 1) return { text: '', said, rest: [fields, parts] };
  return { text: said, said, rest: [fields, parts.filter((part) => !isText(part))] };
}

const isText = (part: ContentPart): part is ContentPart & { text: string } =>
  part.type === 'text' && typeof part.text === 'string';

function plainMessage(message: ChatMessage): unknown {
  const { text, rest } = splitMessage(message);
  return [text, rest];
}
