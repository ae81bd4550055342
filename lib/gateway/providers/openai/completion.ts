import { UpstreamError, type ChatChunk, type ChatCompletion } from '@/lib/gateway/types';
import { errorInDisguise, readFault } from '../http/status-error';

/**
 * Checks that a JSON text is a chat completion with at least one choice, without rewriting it.
 * Throws `invalid` for what is not JSON, half of it, an error in disguise, or no choices.
 */
export function parseCompletion(body: string, secrets: readonly string[]): ChatCompletion {
  const value = parseObject(body);
  if (isObject(value.error) || !Array.isArray(value.choices)) {
    throw notAn(value, 'a chat completion', secrets);
  }
  if (value.choices.length === 0) {
    throw new UpstreamError('invalid', 'the provider answered without a choice');
  }
  throwErrorOfChoice(value.choices, secrets);
  if (!value.choices.every((choice) => isObject(choice) && isObject(choice.message))) {
    throw new UpstreamError('invalid', 'the provider answered with a choice that has no message');
  }
  return value as ChatCompletion;
}

/** The same for one event of a stream. Events may be without choices: usage, filter results. */
export function parseChunk(data: string, secrets: readonly string[]): ChatChunk {
  const value = parseObject(data);
  if (value.error !== undefined && value.error !== null) throw notAn(value, 'a chunk', secrets);
  if (Array.isArray(value.choices)) {
    throwErrorOfChoice(value.choices, secrets);
    if (value.choices.every(isChunkChoice)) return value as ChatChunk;
  } else if (isObject(value.usage)) {
    return { ...value, choices: [] } as unknown as ChatChunk;
  }
  throw notAn(value, 'a chunk', secrets);
}

// Final chunks of some servers leave `delta` out; a missing delta means an empty one.
function isChunkChoice(choice: unknown): boolean {
  if (!isObject(choice)) return false;
  if (choice.delta === undefined || choice.delta === null) choice.delta = {};
  if (choice.index === undefined) choice.index = 0;
  return isObject(choice.delta);
}

/** OpenRouter reports what befell the provider behind it inside the choice: `{"error": {"code": 502}}`. */
function throwErrorOfChoice(choices: readonly unknown[], secrets: readonly string[]): void {
  for (const choice of choices) {
    if (!isObject(choice) || !isObject(choice.error)) continue;
    const fault = readFault({ error: choice.error });
    if (fault !== null) throw errorInDisguise(fault, secrets);
  }
}

function parseObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new UpstreamError('invalid', 'the provider answered with invalid JSON', { cause: error });
  }
  if (isObject(value)) return value;
  throw new UpstreamError('invalid', 'the provider answered with JSON that is not an object');
}

function notAn(
  value: Record<string, unknown>,
  expected: string,
  secrets: readonly string[],
): UpstreamError {
  const fault = readFault(value);
  return fault !== null
    ? errorInDisguise(fault, secrets)
    : new UpstreamError('invalid', `the provider's answer is not ${expected}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
