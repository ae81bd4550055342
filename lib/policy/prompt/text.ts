import type { ChatMessage, ChatRequest, ContentPart, ToolCall } from '@/lib/openai/wire';
import { mapJsonStrings } from './json-strings';

/** Where a text of a request stands. */
export type TextSite = {
  kind:
    /** Message content, text parts, refusals, reasoning. */
    | 'content'
    /** Name of a message's author, a tool or a function. */
    | 'name'
    /** A string inside the arguments of a tool call. */
    | 'arguments'
    /** Descriptions and titles of tools, functions and response schemas. */
    | 'definition';
  /** The role of the message; null outside messages. */
  role: ChatMessage['role'] | null;
  /** Position of the message; null outside messages. */
  message: number | null;
  /** Path within the request, such as `messages[2].content[0].text`. */
  path: string;
};
export type TextMapper = (text: string, site: TextSite) => string;
export type TextOptions = {
  /** Arguments of a call as the one JSON text they are, instead of each string in them by itself. */
  wholeArguments?: boolean;
};
/** What is done with texts, and with the arguments of calls. */
type Mappers = TextMapper & { whole?: boolean };

type Fields = Record<string, unknown>;
type Place = Pick<TextSite, 'role' | 'message'>;
const OUTSIDE: Place = { role: null, message: null };

/**
 * Rewrites every text of a request that a model reads: message contents and their parts, names, tool
 * call arguments, tool results, and descriptions of tools and schemas. Images, audio, files, ids,
 * the end user's id and sampling parameters are no text. What does not change is shared with the
 * given request, and a request in which nothing changes comes back as the same object.
 */
export function mapRequestTexts(
  request: ChatRequest,
  mapper: TextMapper,
  options: TextOptions = {},
): ChatRequest {
  const map: Mappers = (text, site) => mapper(text, site);
  map.whole = options.wholeArguments;
  const definition = (path: string) => (value: unknown) => mapDefinition(value, path, map);
  return mapFields<ChatRequest>(request, {
    messages: (messages) =>
      mapList(messages, (message, index) => mapMessage(message as ChatMessage, index, map)),
    tools: (tools) => mapList(tools, (tool, index) => mapTool(tool, `tools[${index}]`, map)),
    functions: (list) => mapList(list, (tool, index) => mapTool(tool, `functions[${index}]`, map)),
    tool_choice: (choice) => mapTool(choice, 'tool_choice', map),
    function_call: (choice) => mapTool(choice, 'function_call', map),
    response_format: definition('response_format'),
    prediction: (value) =>
      mapFields(value, {
        content: (content) => mapContent(content, 'prediction.content', OUTSIDE, map),
      }),
  });
}

/** Calls `visit` for every text of a request; see `mapRequestTexts` for what counts as one. */
export function visitRequestTexts(
  request: ChatRequest,
  visit: (text: string, site: TextSite) => void,
  options: TextOptions = {},
): void {
  const map: TextMapper = (text, site) => {
    visit(text, site);
    return text;
  };
  mapRequestTexts(request, map, options);
}

function mapMessage(message: ChatMessage, index: number, map: Mappers): ChatMessage {
  const path = `messages[${index}]`;
  const place: Place = { role: message.role, message: index };
  const text = (field: string) => (value: unknown) =>
    mapText(value, { kind: 'content', ...place, path: `${path}.${field}` }, map);
  return mapFields<ChatMessage>(message, {
    content: (content) => mapContent(content, `${path}.content`, place, map),
    name: (name) => mapText(name, { kind: 'name', ...place, path: `${path}.name` }, map),
    refusal: text('refusal'),
    reasoning: text('reasoning'),
    reasoning_content: text('reasoning_content'),
    tool_calls: (calls) =>
      mapList(calls, (call, at) => mapCall(call, `${path}.tool_calls[${at}]`, place, map)),
    function_call: (call) => mapInvocation(call, `${path}.function_call`, place, map),
  });
}

function mapContent(content: unknown, path: string, place: Place, map: Mappers): unknown {
  if (typeof content === 'string') return map(content, { kind: 'content', ...place, path });
  return mapList(content, (part, index) => mapPart(part, `${path}[${index}]`, place, map));
}

/** Known or not, a part's prose is in one of these fields; URLs and base64 data are in others. */
function mapPart(part: unknown, path: string, place: Place, map: Mappers): unknown {
  if (typeof part === 'string') return map(part, { kind: 'content', ...place, path });
  const text = (field: string) => (value: unknown) =>
    mapText(value, { kind: 'content', ...place, path: `${path}.${field}` }, map);
  return mapFields(part as ContentPart, {
    text: text('text'),
    refusal: text('refusal'),
    thinking: text('thinking'),
    content: (content) => mapContent(content, `${path}.content`, place, map),
    file: (file) => mapFields(file, { filename: text('file.filename') }),
  });
}

function mapCall(call: unknown, path: string, place: Place, map: Mappers): unknown {
  return mapFields(call as ToolCall, {
    function: (value) => mapInvocation(value, `${path}.function`, place, map),
    custom: (value) => mapInvocation(value, `${path}.custom`, place, map),
  });
}

/** `{name, arguments}` of a function call, `{name, input}` of a custom tool's. */
function mapInvocation(call: unknown, path: string, place: Place, map: Mappers): unknown {
  return mapFields(call, {
    name: (name) => mapText(name, { kind: 'name', ...place, path: `${path}.name` }, map),
    arguments: (json) =>
      mapArguments(json, { kind: 'arguments', ...place, path: `${path}.arguments` }, map),
    input: (json) =>
      mapArguments(json, { kind: 'arguments', ...place, path: `${path}.input` }, map),
  });
}

/** Tools, functions and choices of them: names, and the prose of descriptions at any depth. */
function mapTool(tool: unknown, path: string, map: Mappers): unknown {
  const name = (value: unknown) =>
    mapText(value, { kind: 'name', ...OUTSIDE, path: `${path}.name` }, map);
  const withName = (value: unknown) => mapFields(value, { name });
  const named = mapFields(tool, {
    name,
    function: withName,
    custom: withName,
    allowed_tools: (allowed) =>
      mapFields(allowed, {
        tools: (tools) =>
          mapList(tools, (entry, at) => mapTool(entry, `${path}.allowed_tools.tools[${at}]`, map)),
      }),
  });
  return mapDefinition(named, path, map);
}

const PROSE = new Set(['description', 'title']);

/** Descriptions and titles of a JSON schema; its keys, enums and constants belong to the client's code. */
function mapDefinition(value: unknown, path: string, map: Mappers): unknown {
  if (Array.isArray(value)) {
    return mapList(value, (item, index) => mapDefinition(item, `${path}[${index}]`, map));
  }
  if (typeof value !== 'object' || value === null) return value;
  const mappers: Record<string, (field: unknown) => unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const site: TextSite = { kind: 'definition', ...OUTSIDE, path: `${path}.${key}` };
    if (PROSE.has(key) && typeof field === 'string') mappers[key] = () => map(field, site);
    else if (typeof field === 'object') mappers[key] = () => mapDefinition(field, site.path, map);
  }
  return mapFields(value, mappers);
}

function mapText(value: unknown, site: TextSite, map: Mappers): unknown {
  return typeof value === 'string' ? map(value, site) : value;
}

function mapArguments(value: unknown, site: TextSite, map: Mappers): unknown {
  if (typeof value !== 'string') return value;
  return map.whole ? map(value, site) : mapJsonStrings(value, (text) => map(text, site));
}

/** Copies an object only when a mapper changes one of its own fields. */
function mapFields<T>(value: T, mappers: { [key: string]: (field: unknown) => unknown }): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const source = value as Fields;
  let copy: Fields | undefined;
  for (const key of Object.keys(mappers)) {
    if (!Object.hasOwn(source, key)) continue;
    const mapped = mappers[key]?.(source[key]);
    if (mapped === source[key]) continue;
    copy ??= { ...source };
    copy[key] = mapped;
  }
  return (copy ?? source) as T;
}

function mapList(value: unknown, map: (item: unknown, index: number) => unknown): unknown {
  if (!Array.isArray(value)) return value;
  const list: readonly unknown[] = value;
  let copy: unknown[] | undefined;
  list.forEach((item, index) => {
    const mapped = map(item, index);
    if (mapped === item) return;
    copy ??= [...list];
    copy[index] = mapped;
  });
  return copy ?? value;
}
