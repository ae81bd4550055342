import { randomUUID } from 'node:crypto';
import type { LanguageModelV3StreamPart } from '@ai-sdk/provider';
import {
  UpstreamError,
  type ChatChunk,
  type ChunkChoice,
  type UpstreamEvent,
  type Usage,
} from '@/lib/gateway/types';
import { finishReason, thoughtSignature, toImage } from './completion';
import type { Family } from './family';
import { thinkingBlock } from './reasoning';
import { sdkError } from './sdk-error';
import { toOpenAIUsage } from './usage';

type Delta = ChunkChoice['delta'];
type Of<T extends LanguageModelV3StreamPart['type']> = Extract<
  LanguageModelV3StreamPart,
  { type: T }
>;

type OpenToolCall = { index: number; hasArguments: boolean };

/**
 * The AI SDK's stream parts as OpenAI's chunks: role first, then text, reasoning and tool call deltas
 * with running indexes, the finish reason, and usage in a chunk of its own. The SDK ends a stream that
 * was cut off as if it were complete, so the provider's own last event is looked for.
 */
export class ChunkStream {
  #usage: Usage | null = null;
  #id = `chatcmpl-${randomUUID()}`;
  #created = Math.floor(Date.now() / 1000);
  #model: string;
  #ended = false;
  #images = 0;
  #toolCalls = new Map<string, OpenToolCall>();
  #providerCalls = new Set<string>();
  #reasoning = new Map<string, string>();

  constructor(
    private readonly parts: ReadableStream<LanguageModelV3StreamPart>,
    private readonly family: Family,
    model: string,
    private readonly secrets: readonly string[],
    private readonly signal: AbortSignal,
  ) {
    this.#model = model;
  }

  /** Usage known so far. */
  usage(): Usage | null {
    return this.#usage;
  }

  async *events(): AsyncGenerator<readonly UpstreamEvent[]> {
    const reader = this.parts.getReader();
    let finish: Of<'finish'> | null = null;
    let finished = false;
    let started = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (value.type === 'finish') {
          finish = value;
          this.#usage = this.family.usage(value.usage);
          continue;
        }
        for (const delta of this.#deltas(value)) {
          if (!started) yield [this.#event({ delta: { role: 'assistant', content: '' } })];
          started = true;
          yield [this.#event({ delta })];
        }
      }
      finished = true;
    } catch (error) {
      throw sdkError(error, this.signal, this.secrets, this.#usage);
    } finally {
      if (!finished) await this.#cancel(reader);
    }
    if (!this.#ended || finish === null) {
      throw new UpstreamError(
        'reset',
        'the provider ended its stream in the middle of the answer',
        {
          usage: this.#usage,
        },
      );
    }
    if (!started) yield [this.#event({ delta: { role: 'assistant', content: '' } })];
    const reason = finishReason(finish.finishReason, this.#toolCalls.size > 0);
    yield [this.#event({ delta: {}, finish_reason: reason })];
    if (this.#usage !== null) yield [{ chunk: this.#chunk([], this.#usage) }];
  }

  /** The reader may already have failed for the reason we are leaving for. */
  async #cancel(reader: ReadableStreamDefaultReader<LanguageModelV3StreamPart>): Promise<void> {
    await reader.cancel().catch(() => undefined);
  }

  *#deltas(part: LanguageModelV3StreamPart): Generator<Delta> {
    switch (part.type) {
      case 'text-delta':
        if (part.delta !== '') yield { content: part.delta };
        return;
      case 'reasoning-start':
        this.#reasoning.set(part.id, '');
        return;
      case 'reasoning-delta':
        this.#reasoning.set(part.id, (this.#reasoning.get(part.id) ?? '') + part.delta);
        if (part.delta !== '') yield { reasoning_content: part.delta };
        yield* this.#signed(part.id, part.providerMetadata);
        return;
      case 'reasoning-end':
        yield* this.#signed(part.id, part.providerMetadata);
        return;
      case 'tool-input-start':
        yield* this.#startToolCall(part);
        return;
      case 'tool-input-delta':
        yield* this.#toolArguments(part.id, part.delta);
        return;
      case 'tool-call':
        yield* this.#completeToolCall(part);
        return;
      case 'file':
        yield { images: [toImage(part, this.#images++)] };
        return;
      case 'response-metadata':
        this.#note(part);
        return;
      case 'raw':
        this.#ended ||= this.family.isEnd(part.rawValue);
        return;
      case 'error':
        throw part.error;
      default:
        return;
    }
  }

  #note({ id, modelId, timestamp }: Of<'response-metadata'>): void {
    this.#id = id ?? this.#id;
    this.#model = modelId ?? this.#model;
    this.#created = timestamp ? Math.floor(timestamp.getTime() / 1000) : this.#created;
  }

  *#signed(id: string, metadata: Of<'reasoning-end'>['providerMetadata']): Generator<Delta> {
    const block = thinkingBlock(this.#reasoning.get(id) ?? '', metadata);
    if (block !== null) yield { thinking_blocks: [block] };
  }

  *#startToolCall({ id, toolName, providerExecuted }: Of<'tool-input-start'>): Generator<Delta> {
    if (providerExecuted === true) {
      this.#providerCalls.add(id);
      return;
    }
    const index = this.#toolCalls.size;
    this.#toolCalls.set(id, { index, hasArguments: false });
    const call = { name: toolName, arguments: '' };
    yield { tool_calls: [{ index, id, type: 'function', function: call }] };
  }

  *#toolArguments(id: string, text: string): Generator<Delta> {
    const call = this.#toolCalls.get(id);
    if (call === undefined || text === '') return;
    call.hasArguments = true;
    yield { tool_calls: [{ index: call.index, function: { arguments: text } }] };
  }

  /** The whole call at its end: what was not streamed before is made up for. */
  *#completeToolCall(part: Of<'tool-call'>): Generator<Delta> {
    if (part.providerExecuted === true || this.#providerCalls.has(part.toolCallId)) return;
    if (!this.#toolCalls.has(part.toolCallId)) {
      yield* this.#startToolCall({
        type: 'tool-input-start',
        id: part.toolCallId,
        toolName: part.toolName,
      });
    }
    const call = this.#toolCalls.get(part.toolCallId);
    if (call?.hasArguments === false) yield* this.#toolArguments(part.toolCallId, part.input);
    const signature = thoughtSignature(part);
    if (call !== undefined && signature.extra_content !== undefined) {
      yield { tool_calls: [{ index: call.index, ...signature }] };
    }
  }

  #event(choice: { delta: Delta; finish_reason?: string }): UpstreamEvent {
    const { delta, finish_reason = null } = choice;
    return { chunk: this.#chunk([{ index: 0, delta, logprobs: null, finish_reason }]) };
  }

  #chunk(choices: ChunkChoice[], usage?: Usage): ChatChunk {
    return {
      id: this.#id,
      object: 'chat.completion.chunk',
      created: this.#created,
      model: this.#model,
      choices,
      ...(usage === undefined ? {} : { usage: toOpenAIUsage(usage) }),
    };
  }
}
