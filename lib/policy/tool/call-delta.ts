import type { ToolCallDelta } from '@/lib/openai/wire';
import { isObject } from './names';

/** Reading and joining the pieces in which a stream brings a tool call. */

/** Functions carry `{name, arguments}` in `function`, custom tools `{name, input}` in `custom`. */
const BODIES = [
  { field: 'function', args: 'arguments' },
  { field: 'custom', args: 'input' },
] as const;

/** The piece of the name in a delta, or an empty string. */
export function namePiece(delta: ToolCallDelta): string {
  return textIn(delta, () => 'name');
}

/** The piece of the arguments in a delta, or an empty string. */
export function argumentsPiece(delta: ToolCallDelta): string {
  return textIn(delta, (body) => body.args);
}

/** One delta that says what `first` and then `second` said; its name is `name`. */
export function joinDeltas(
  first: ToolCallDelta,
  second: ToolCallDelta,
  name: string,
): ToolCallDelta {
  const joined: ToolCallDelta = { ...first, ...second, index: first.index };
  for (const { field, args } of BODIES) {
    const [a, b] = [first[field], second[field]];
    if (!isObject(a) && !isObject(b)) continue;
    const bodies = { ...(isObject(a) ? a : {}), ...(isObject(b) ? b : {}) };
    joined[field] = { ...bodies, name, [args]: text(a, args) + text(b, args) };
  }
  return joined;
}

/** A later piece of a call whose name has been sent: without a name, under the client's number. */
export function continuation(delta: ToolCallDelta, index: number): ToolCallDelta {
  if (delta.index === index && namePiece(delta) === '') return delta;
  const continued: ToolCallDelta = { ...delta, index };
  for (const { field } of BODIES) {
    const body = delta[field];
    if (!isObject(body)) continue;
    const { name: _sent, ...rest } = body;
    continued[field] = rest;
  }
  return continued;
}

function textIn(delta: ToolCallDelta, key: (body: (typeof BODIES)[number]) => string): string {
  return BODIES.map((body) => text(delta[body.field], key(body))).join('');
}

function text(body: unknown, key: string): string {
  const value = isObject(body) ? body[key] : undefined;
  return typeof value === 'string' ? value : '';
}
