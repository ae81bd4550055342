import type { ChatCompletion, CompletionMessage } from '@/lib/openai/wire';

type Fields = Record<string, unknown>;
/** Rewrites one text of an answer. */
export type AnswerMapper = (text: string, kind: 'text' | 'json') => string;

const NO_TEXT = new Set(['role', 'id']);

/** Rewrites all texts of a whole answer: contents, refusals, reasoning, arguments of calls. The same object when nothing changed. */
export function mapCompletion(completion: ChatCompletion, map: AnswerMapper): ChatCompletion {
  let changed = false;
  const choices = completion.choices.map((choice) => {
    const message = mapMessage(choice.message, map);
    if (message === choice.message) return choice;
    changed = true;
    return { ...choice, message };
  });
  return changed ? { ...completion, choices } : completion;
}

function mapMessage(message: CompletionMessage, map: AnswerMapper): CompletionMessage {
  let copy: CompletionMessage | undefined;
  const set = (field: string, value: unknown) => {
    if (value === message[field]) return;
    copy ??= { ...message };
    copy[field] = value;
  };
  for (const [field, value] of Object.entries(message)) {
    if (typeof value === 'string' && !NO_TEXT.has(field)) set(field, map(value, 'text'));
  }
  const calls = message.tool_calls?.map((call) =>
    mapBody(mapBody(call, 'function', 'arguments', map), 'custom', 'input', map),
  );
  if (calls?.some((call, index) => call !== message.tool_calls?.[index])) set('tool_calls', calls);
  const legacy = message.function_call;
  if (legacy) {
    const mapped = map(legacy.arguments, 'json');
    if (mapped !== legacy.arguments) set('function_call', { ...legacy, arguments: mapped });
  }
  return copy ?? message;
}

function mapBody<Call extends object>(
  call: Call,
  body: string,
  field: string,
  map: AnswerMapper,
): Call {
  const inner = (call as Fields)[body] as Fields | undefined;
  const text = inner?.[field];
  if (typeof text !== 'string') return call;
  const mapped = map(text, 'json');
  return mapped === text ? call : { ...call, [body]: { ...inner, [field]: mapped } };
}
