import type { ChatChunk, ChunkChoice, ToolCallDelta } from '@/lib/openai/wire';
import type { TextFilter } from './text-filter';

/** Makes the filter of one text of an answer: of prose, or of the JSON of a tool call's arguments. */
export type FilterMaker = (kind: 'text' | 'json') => TextFilter;

/** Where the arguments of a call stand: functions in `function.arguments`, custom tools in `custom.input`. */
const ARGUMENTS = [
  { body: 'function', field: 'arguments' },
  { body: 'custom', field: 'input' },
] as const;
/** Strings of a delta that are no text of the model's. */
const NO_TEXT = new Set(['role', 'id']);

type Fields = Record<string, unknown>;

/** Rewrites all texts of a streamed answer, each by a filter of its own. One for each stream; not reusable. */
export class StreamFilter {
  private readonly choices = new Map<number, ChoiceFilter>();
  private last: ChatChunk | null = null;

  constructor(private readonly make: FilterMaker) {}

  /** The chunk as it may be sent: the same object when nothing changed, null while all of it is held back. */
  push(chunk: ChatChunk): ChatChunk | null {
    this.last = chunk;
    let changed = false;
    const choices: ChunkChoice[] = [];
    for (const choice of chunk.choices) {
      const passed = this.filterOf(choice.index).push(choice);
      changed ||= passed !== choice;
      if (passed) choices.push(passed);
    }
    if (!changed) return chunk;
    return choices.length === 0 && !chunk.usage ? null : { ...chunk, choices };
  }

  /** What was still held back when a stream ended without a finish reason, or null. */
  end(): ChatChunk | null {
    const choices: ChunkChoice[] = [];
    for (const [index, filter] of this.choices) {
      const delta = filter.rest({});
      if (delta) choices.push({ index, delta, finish_reason: null });
    }
    if (choices.length === 0 || !this.last) return null;
    const { id, object, created, model } = this.last;
    return { id, object, created, model, choices };
  }

  private filterOf(index: number): ChoiceFilter {
    const known = this.choices.get(index);
    if (known) return known;
    const filter = new ChoiceFilter(this.make);
    this.choices.set(index, filter);
    return filter;
  }
}

class ChoiceFilter {
  private readonly texts = new Map<string, TextFilter>();
  private readonly calls = new Map<
    number,
    { filter: TextFilter; site: (typeof ARGUMENTS)[number] }
  >();
  private legacy: TextFilter | null = null;

  constructor(private readonly make: FilterMaker) {}

  push(choice: ChunkChoice): ChunkChoice | null {
    const isLast = (choice.finish_reason ?? null) !== null;
    const filtered = this.filter(choice.delta ?? {});
    const delta = isLast ? (this.rest(filtered) ?? filtered) : filtered;
    if (delta === choice.delta) return choice;
    return isLast || saysSomething(delta) ? { ...choice, delta } : null;
  }

  /** The delta with what all filters still hold added to it, or null when they hold nothing. */
  rest(delta: ChunkChoice['delta']): ChunkChoice['delta'] | null {
    const added: ChunkChoice['delta'] = { ...delta };
    let any = false;
    for (const [field, filter] of this.texts) {
      const text = filter.end();
      if (text === '') continue;
      any = true;
      added[field] = (typeof added[field] === 'string' ? added[field] : '') + text;
    }
    for (const [index, { filter, site }] of this.calls) {
      const text = filter.end();
      if (text === '') continue;
      any = true;
      const piece = { index, [site.body]: { [site.field]: text } } as ToolCallDelta;
      added.tool_calls = [...(added.tool_calls ?? []), piece];
    }
    const text = this.legacy?.end() ?? '';
    if (text !== '') {
      any = true;
      const before = added.function_call;
      added.function_call = { ...before, arguments: (before?.arguments ?? '') + text };
    }
    return any ? added : null;
  }

  private filter(delta: ChunkChoice['delta']): ChunkChoice['delta'] {
    let copy: ChunkChoice['delta'] | undefined;
    const set = (field: string, value: unknown) => {
      copy ??= { ...delta };
      copy[field] = value;
    };
    for (const [field, value] of Object.entries(delta)) {
      if (typeof value === 'string' && !NO_TEXT.has(field)) {
        const filtered = this.textOf(field).push(value);
        if (filtered !== value) set(field, filtered);
      }
    }
    const calls = delta.tool_calls?.map((call) => this.filterCall(call));
    if (calls?.some((call, index) => call !== delta.tool_calls?.[index]))
      set(
        'tool_calls',
        calls.filter((call) => call !== null),
      );
    const legacy = delta.function_call;
    if (typeof legacy?.arguments === 'string') {
      this.legacy ??= this.make('json');
      const filtered = this.legacy.push(legacy.arguments);
      if (filtered !== legacy.arguments) set('function_call', { ...legacy, arguments: filtered });
    }
    return copy ?? delta;
  }

  /** The call as it may be sent, or null when all it said is held back. */
  private filterCall(call: ToolCallDelta): ToolCallDelta | null {
    for (const site of ARGUMENTS) {
      const body = call[site.body] as Fields | undefined;
      const text = body?.[site.field];
      if (typeof text !== 'string') continue;
      const filtered = this.callOf(call.index ?? 0, site).push(text);
      if (filtered === text) return call;
      const saysMore = call.id !== undefined || Object.keys(body ?? {}).length > 1;
      if (filtered === '' && !saysMore) return null;
      return { ...call, [site.body]: { ...body, [site.field]: filtered } };
    }
    return call;
  }

  private textOf(field: string): TextFilter {
    const known = this.texts.get(field);
    if (known) return known;
    const filter = this.make('text');
    this.texts.set(field, filter);
    return filter;
  }

  private callOf(index: number, site: (typeof ARGUMENTS)[number]): TextFilter {
    const known = this.calls.get(index);
    if (known) return known.filter;
    const filter = this.make('json');
    this.calls.set(index, { filter, site });
    return filter;
  }
}

function saysSomething(delta: Fields): boolean {
  return Object.values(delta).some(
    (value) => value !== null && value !== undefined && value !== '' && !isEmptyList(value),
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
