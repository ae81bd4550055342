import type { DetectPii } from '@/lib/pii/detect';
import { redactText } from '@/lib/pii/redact/redact-text';
import { PlaceholderVault } from '@/lib/pii/redact/vault';
import { PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';
import type { ChatCompletion, ChatMessage, CompletionMessage } from '@/lib/openai/wire';
import { mapRequestTexts } from '@/lib/policy/prompt/text';
import type { LogContent, Receipt } from './types';

/** Longer text is cut, so that no receipt is larger than a request log can hold. */
const MAX_TEXT_CHARS = 100_000;
/** Longer strings outside texts are media in base64. */
const MAX_DATA_CHARS = 2_000;
/** Of a text that has to be read for personal data first, a log keeps so much. */
const MAX_REDACTED_CHARS = 20_000;
/** What is cut off could hide the half of a value; so much before the cut is left out with it. */
const CUT_MARGIN = 500;
const EVERY_ENTITY: ReadonlySet<PiiEntity> = new Set(PII_ENTITIES);

/**
 * What of a request and its answer a receipt keeps, as the tenant's `logContent` permits.
 * @param isRedacted personal data of every kind has been replaced in `messages`; they are not read again
 */
export function contentOf(
  level: LogContent,
  messages: readonly ChatMessage[] | null,
  answer: ChatCompletion | null,
  isRedacted = false,
  detect?: DetectPii,
): Receipt['content'] {
  if (level === 'none' || !messages) return null;
  const vault = new PlaceholderVault();
  const text = level === 'full' ? cut : (value: string) => redacted(value, vault, detect);
  const asked = level === 'redacted' && isRedacted ? (value: string) => read(value, vault) : text;
  return {
    messages: kept([...messages], asked),
    answer:
      answer &&
      answer.choices.map((choice) => ({ ...choice, message: keptOne(choice.message, text) })),
  };
}

/** Takes personal data and secrets of every kind out, whatever the policy looks for; one value, one placeholder. */
function redacted(text: string, vault: PlaceholderVault, detect?: DetectPii): string {
  vault.reserve(text);
  return shortened(text, (begin) => redactText(begin, EVERY_ENTITY, vault, { detect }).text);
}

/** A text in which nothing is left to replace; its placeholders are never given to a value of the answer. */
function read(text: string, vault: PlaceholderVault): string {
  vault.reserve(text);
  return shortened(text, (begin) => begin);
}

function shortened(text: string, write: (begin: string) => string): string {
  if (text.length <= MAX_REDACTED_CHARS) return write(text);
  const kept = write(text.slice(0, MAX_REDACTED_CHARS)).slice(0, -CUT_MARGIN);
  return `${kept} [some ${text.length - MAX_REDACTED_CHARS + CUT_MARGIN} more characters]`;
}

function cut(text: string): string {
  return text.length <= MAX_TEXT_CHARS
    ? text
    : `${text.slice(0, MAX_TEXT_CHARS)} [${text.length - MAX_TEXT_CHARS} more characters]`;
}

function kept(messages: ChatMessage[], text: (text: string) => string): unknown {
  const { messages: mapped } = mapRequestTexts({ messages }, (value, { kind }) =>
    kind === 'name' ? value : text(value),
  );
  return mapped.map(withoutMedia);
}

function keptOne(message: CompletionMessage, text: (text: string) => string): unknown {
  return (kept([message as ChatMessage], text) as unknown[])[0];
}

/** Images, audio and files stay in the log as their size. */
function withoutMedia(message: ChatMessage): ChatMessage {
  if (!Array.isArray(message.content)) return message;
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === 'text' ? part : (sized(part) as typeof part),
    ),
  };
}

function sized(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length <= MAX_DATA_CHARS ? value : `[${value.length} characters of data]`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sized);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, sized(field)]));
}
