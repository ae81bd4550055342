import type { ChatCompletion, ChatMessage, CompletionMessage } from '@/lib/openai/wire';
import { mapRequestTexts } from '@/lib/policy/prompt/text';
import type { LogContent, Receipt } from './types';

/** Longer text is cut, so that no receipt is larger than a request log can hold. */
const MAX_TEXT_CHARS = 100_000;
/** Longer strings outside texts are media in base64. */
const MAX_DATA_CHARS = 2_000;

/** What of a request and its answer a receipt keeps, as the tenant's `logContent` permits. */
export function contentOf(
  level: LogContent,
  messages: readonly ChatMessage[] | null,
  answer: ChatCompletion | null,
): Receipt['content'] {
  if (level === 'none' || !messages) return null;
  const text = level === 'full' ? cut : mask;
  return {
    messages: kept([...messages], text),
    answer:
      answer &&
      answer.choices.map((choice) => ({ ...choice, message: keptOne(choice.message, text) })),
  };
}

/** `redacted` keeps the shape of a conversation and the length of its texts, and none of their words. */
function mask(text: string): string {
  return `[${text.length} characters]`;
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
