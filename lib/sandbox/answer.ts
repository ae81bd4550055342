import { createHash } from 'node:crypto';
import { SANDBOX_OUTPUT_LIMIT } from '@/lib/budget/pricing/sandbox-prices';
import type { Directives } from './directives';
import { countAttachments, textOf, type SandboxRequest } from './request';
import { sampleJson } from './sample-json';

export type SandboxToolCall = { id: string; name: string; arguments: string };

/** What the simulator says, cut into tokens; the same request always gets the same answer. */
export type SandboxAnswer = {
  tokens: string[];
  toolCalls: SandboxToolCall[];
  finishReason: 'stop' | 'length' | 'tool_calls' | 'function_call';
  completionTokens: number;
};

const SANDBOX_NAME = 'Rolegate sandbox (simulator)';

/** Words of tool names that say nothing about what the tool is for. */
const COMMON_WORDS = new Set(
  'get set find list search fetch make create update delete show tool function call query lookup data info with from the and'.split(
    ' ',
  ),
);

/** Answers `request`, whose last user message without directives is `prompt`. */
export function answer(
  request: SandboxRequest,
  prompt: string,
  directives: Directives,
): SandboxAnswer {
  const toolCalls = callTools(request, prompt);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? SANDBOX_OUTPUT_LIMIT;
  if (toolCalls.length > 0) {
    const length = toolCalls.reduce(
      (sum, call) => sum + 8 + cutIntoTokens(call.arguments).length,
      0,
    );
    const finishReason = request.tools ? 'tool_calls' : 'function_call';
    return { tokens: [], toolCalls, finishReason, completionTokens: length };
  }
  const whole = cutIntoTokens(beforeStop(request.stop, contentOf(request, prompt)));
  const sized = directives.tokens === null ? whole : stretch(whole, directives.tokens);
  const tokens = sized.length > limit ? sized.slice(0, limit) : sized;
  const finishReason = tokens.length < sized.length ? 'length' : 'stop';
  return { tokens, toolCalls: [], finishReason, completionTokens: tokens.length };
}

/** Words with the space before them, long ones in pieces of at most eight characters. */
export function cutIntoTokens(text: string): string[] {
  return text.match(/\s*\S{1,8}|\s+$/gu) ?? [];
}

function stretch(tokens: readonly string[], length: number): string[] {
  const filler = [' and', ' so', ' on'];
  return Array.from({ length }, (_, index) => tokens[index] ?? filler[index % 3] ?? ' on');
}

function beforeStop(stop: SandboxRequest['stop'], text: string): string {
  const ends = (typeof stop === 'string' ? [stop] : (stop ?? []))
    .filter((each) => each !== '')
    .map((each) => text.indexOf(each))
    .filter((index) => index >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

function contentOf(request: SandboxRequest, prompt: string): string {
  const format = request.response_format;
  if (format?.type === 'json_schema') {
    return JSON.stringify(sampleJson(format.json_schema?.schema, prompt));
  }
  if (format?.type === 'json_object') {
    return JSON.stringify({ from: SANDBOX_NAME, model: request.model, youSaid: shorten(prompt) });
  }
  return prose(request, prompt);
}

function prose(request: SandboxRequest, prompt: string): string {
  const lines = [`Hello from the ${SANDBOX_NAME}, model "${request.model}".`];
  const results = toolResults(request);
  if (results.length > 0) {
    lines.push(...results.map(({ name, text }) => `The tool ${name} answered: ${shorten(text)}`));
    lines.push(`With that, your question "${shorten(prompt)}" is settled.`);
  } else if (prompt !== '') {
    lines.push(`You said: "${shorten(prompt)}"`);
  }
  const attachments = countAttachments(request);
  if (attachments > 0) {
    lines.push(`I received ${attachments === 1 ? 'one image' : `${attachments} images`} with it.`);
  }
  lines.push(
    'No language model was asked. The same request always gets the same answer, so roles, policies and clients can be tried without a provider key.',
  );
  return lines.join('\n\n');
}

/** Results of the tools since the model last spoke. */
function toolResults({ messages }: SandboxRequest): { name: string; text: string }[] {
  const names = new Map<string, string>();
  for (const { tool_calls } of messages) {
    for (const call of tool_calls ?? []) names.set(call.id, call.function.name);
  }
  const since = messages.findLastIndex(({ role }) => role !== 'tool' && role !== 'function') + 1;
  return messages.slice(since).map((message) => ({
    name: message.name ?? names.get(message.tool_call_id ?? '') ?? 'you called',
    text: textOf(message),
  }));
}

function shorten(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)}…`;
}

type Fn = { name: string; parameters?: unknown };

function callTools(request: SandboxRequest, prompt: string): SandboxToolCall[] {
  const functions = offered(request);
  if (functions.length === 0) return [];
  const chosen = choose(request, functions, prompt);
  return chosen.map(({ name, parameters }, index) => {
    const args = JSON.stringify(sampleJson(parameters ?? { type: 'object' }, prompt));
    const seed = `${index}:${name}:${args}:${request.messages.length}`;
    const id = `call_${createHash('sha256').update(seed).digest('hex').slice(0, 24)}`;
    return { id, name, arguments: args };
  });
}

function offered({ tools, functions }: SandboxRequest): Fn[] {
  if (tools) return tools.flatMap((tool) => (tool.function ? [tool.function] : []));
  return functions ?? [];
}

function choose(request: SandboxRequest, functions: Fn[], prompt: string): Fn[] {
  const choice = request.tool_choice ?? request.function_call ?? 'auto';
  if (choice === 'none') return [];
  const named = nameOfChoice(choice);
  if (named !== null) return functions.filter(({ name }) => name === named);
  const last = request.messages.at(-1)?.role;
  const asked = functions.filter(({ name }) => isAskedFor(name, prompt));
  if (choice === 'required') return asked.length > 0 ? asked.slice(0, 1) : functions.slice(0, 1);
  if (last === 'tool' || last === 'function') return [];
  const wanted =
    asked.length === 0 && /\b(use|call|run)\b.*\b(tool|function)s?\b/i.test(prompt)
      ? functions.slice(0, 1)
      : asked;
  const several = request.tools && request.parallel_tool_calls !== false;
  return several ? wanted : wanted.slice(0, 1);
}

function nameOfChoice(choice: unknown): string | null {
  if (typeof choice !== 'object' || choice === null) return null;
  if ('name' in choice && typeof choice.name === 'string') return choice.name;
  return 'function' in choice ? nameOfChoice(choice.function) : null;
}

function isAskedFor(name: string, prompt: string): boolean {
  const text = prompt.toLowerCase();
  if (text.includes(name.toLowerCase())) return true;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => word.length > 3 && !COMMON_WORDS.has(word) && text.includes(word));
}
