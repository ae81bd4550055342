import { AppError } from '@/lib/errors/app-error';
import type { ChatRequest } from '@/lib/openai/wire';
import { assertHarmless, parseJson } from './json';

const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
const MAX_MODEL_LENGTH = 256;
const MAX_CHOICES = 128;
const UNPRINTABLE = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/;

type Fields = Record<string, unknown>;

/**
 * Parses and validates the body of `POST /v1/chat/completions`. Hand-written because every request
 * passes here: it looks only at what the gateway itself relies on and leaves the rest, unknown
 * fields included, as the client wrote it.
 * @throws AppError `invalid_json`, or `invalid_request` whose `param` names the field.
 */
export function parseChatRequest(bytes: Uint8Array): ChatRequest {
  const body = parseJson(bytes);
  if (!isObject(body)) throw fault(undefined, 'The body must be a JSON object with "messages".');
  assertHarmless(body);
  checkModel(body);
  checkMessages(body.messages);
  checkStream(body);
  checkTools(body);
  checkSampling(body);
  return body as ChatRequest;
}

function checkModel(body: Fields): void {
  if (body.model === undefined || body.model === null) {
    delete body.model;
    return;
  }
  if (typeof body.model !== 'string' || body.model === '' || body.model.length > MAX_MODEL_LENGTH) {
    throw fault(
      'model',
      `model must be a name of 1 to ${MAX_MODEL_LENGTH} characters, "auto", or be left out.`,
    );
  }
  if (UNPRINTABLE.test(body.model)) {
    throw fault(
      'model',
      'model must not contain white space or control characters. Write it as provider/model.',
    );
  }
}

function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages)) throw fault('messages', 'messages must be a list of messages.');
  if (messages.length === 0)
    throw fault('messages', 'messages is empty. Send at least one message.');
  for (let index = 0; index < messages.length; index++)
    checkMessage(messages[index], `messages[${index}]`);
}

function checkMessage(message: unknown, path: string): void {
  if (!isObject(message)) throw fault(path, `${path} must be an object with "role" and "content".`);
  if (typeof message.role !== 'string' || !ROLES.has(message.role)) {
    throw fault(`${path}.role`, `${path}.role must be one of ${[...ROLES].join(', ')}.`);
  }
  optional(message, 'name', isString, `${path}.name`, 'a string');
  checkToolCalls(message.tool_calls, `${path}.tool_calls`);
  if (message.role === 'tool' && typeof message.tool_call_id !== 'string') {
    throw fault(
      `${path}.tool_call_id`,
      `${path}.tool_call_id must be the id of the tool call that this answers.`,
    );
  }
  checkContent(message, path);
}

function checkContent(message: Fields, path: string): void {
  const { content } = message;
  if (typeof content === 'string') return;
  if (content === null || content === undefined) {
    if (message.role === 'assistant' || message.role === 'function') return;
    throw fault(`${path}.content`, `${path}.content must be a string or a list of content parts.`);
  }
  if (!Array.isArray(content)) {
    throw fault(`${path}.content`, `${path}.content must be a string or a list of content parts.`);
  }
  for (let index = 0; index < content.length; index++)
    checkPart(content[index], `${path}.content[${index}]`);
}

function checkPart(part: unknown, path: string): void {
  if (!isObject(part) || typeof part.type !== 'string') {
    throw fault(path, `${path} must be an object with a "type" such as "text" or "image_url".`);
  }
  if (part.type === 'text' && typeof part.text !== 'string') {
    throw fault(`${path}.text`, `${path}.text must be a string.`);
  }
  if (part.type === 'refusal' && typeof part.refusal !== 'string') {
    throw fault(`${path}.refusal`, `${path}.refusal must be a string.`);
  }
  if (
    part.type === 'image_url' &&
    !(isObject(part.image_url) && typeof part.image_url.url === 'string')
  ) {
    throw fault(`${path}.image_url`, `${path}.image_url must be an object with a "url".`);
  }
}

function checkToolCalls(calls: unknown, path: string): void {
  if (calls === undefined || calls === null) return;
  if (!Array.isArray(calls)) throw fault(path, `${path} must be a list of tool calls.`);
  for (let index = 0; index < calls.length; index++) {
    const call: unknown = calls[index];
    const at = `${path}[${index}]`;
    if (!isObject(call) || typeof call.id !== 'string')
      throw fault(at, `${at} must be an object with an "id".`);
    if (call.function === undefined && call.type !== 'function' && call.type !== undefined)
      continue;
    if (
      !isObject(call.function) ||
      !isString(call.function.name) ||
      !isString(call.function.arguments)
    ) {
      throw fault(
        `${at}.function`,
        `${at}.function must have "name" and "arguments", both strings.`,
      );
    }
  }
}

function checkStream(body: Fields): void {
  optional(body, 'stream', isBoolean, 'stream', 'true or false');
  optional(body, 'stream_options', isObject, 'stream_options', 'an object');
  const options = body.stream_options as Fields | null | undefined;
  if (!options) return;
  if (body.stream !== true) {
    throw fault(
      'stream_options',
      'stream_options is only possible with "stream": true. Leave it out.',
    );
  }
  optional(options, 'include_usage', isBoolean, 'stream_options.include_usage', 'true or false');
}

function checkTools(body: Fields): void {
  optional(body, 'tools', Array.isArray, 'tools', 'a list of tools');
  ((body.tools ?? []) as unknown[]).forEach((tool, index) => {
    const path = `tools[${index}]`;
    if (!isObject(tool) || typeof tool.type !== 'string') {
      throw fault(path, `${path} must be an object with a "type" such as "function".`);
    }
    if (tool.type === 'function' && !(isObject(tool.function) && isName(tool.function.name))) {
      throw fault(
        `${path}.function.name`,
        `${path}.function.name must be the name of the function.`,
      );
    }
  });
  optional(body, 'functions', Array.isArray, 'functions', 'a list of functions');
  ((body.functions ?? []) as unknown[]).forEach((entry, index) => {
    if (!isObject(entry) || !isName(entry.name)) {
      throw fault(
        `functions[${index}].name`,
        `functions[${index}].name must be the name of the function.`,
      );
    }
  });
  optional(
    body,
    'tool_choice',
    isStringOrObject,
    'tool_choice',
    '"none", "auto", "required" or an object',
  );
  optional(body, 'function_call', isStringOrObject, 'function_call', '"none", "auto" or an object');
  optional(body, 'parallel_tool_calls', isBoolean, 'parallel_tool_calls', 'true or false');
}

function checkSampling(body: Fields): void {
  optional(body, 'max_tokens', isPositiveInteger, 'max_tokens', 'a whole number of at least 1');
  optional(
    body,
    'max_completion_tokens',
    isPositiveInteger,
    'max_completion_tokens',
    'a whole number of at least 1',
  );
  optional(body, 'n', isChoiceCount, 'n', `a whole number from 1 to ${MAX_CHOICES}`);
  for (const name of ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty']) {
    optional(body, name, isNumber, name, 'a number');
  }
  optional(body, 'seed', Number.isInteger, 'seed', 'a whole number');
  optional(body, 'stop', isStop, 'stop', 'a string or a list of strings');
  optional(body, 'logprobs', isBoolean, 'logprobs', 'true or false');
  optional(body, 'top_logprobs', isCount, 'top_logprobs', 'a whole number of at least 0');
  optional(body, 'user', isString, 'user', 'a string');
  optional(body, 'response_format', isObject, 'response_format', 'an object');
  const format = body.response_format as Fields | null | undefined;
  if (format && typeof format.type !== 'string') {
    throw fault(
      'response_format.type',
      'response_format.type must be "text", "json_object" or "json_schema".',
    );
  }
}

/** Absent and null are the same to OpenAI's API. */
function optional(
  holder: Fields,
  name: string,
  is: (value: unknown) => boolean,
  param: string,
  expected: string,
): void {
  const value = holder[name];
  if (value === undefined || value === null || is(value)) return;
  throw fault(param, `${param} must be ${expected}.`);
}

function fault(param: string | undefined, message: string): AppError {
  return new AppError('invalid_request', message, param === undefined ? {} : { param });
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isString = (value: unknown): value is string => typeof value === 'string';
const isName = (value: unknown) => typeof value === 'string' && value !== '';
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isNumber = (value: unknown) => typeof value === 'number';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositiveInteger = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 1;
const isChoiceCount = (value: unknown) =>
  isPositiveInteger(value) && (value as number) <= MAX_CHOICES;
const isStringOrObject = (value: unknown) => isString(value) || isObject(value);
const isStop = (value: unknown) =>
  isString(value) || (Array.isArray(value) && value.every(isString));
