import { UpstreamError, type ChatChunk, type UpstreamEvent, type Usage } from '@/lib/gateway/types';
import type { Exchange } from '../http/exchange';
import { SseParser, type SseEvent } from '../http/sse';
import { ChunkReader } from './chunk-reader';
import { parseChunk } from './completion';
import { usageFromOpenAI } from './usage';

/** What is read on after `[DONE]`, and for how long, so that the connection can serve the next request. */
const MAX_TRAILER_BYTES = 64 * 1024;
const MAX_TRAILER_MS = 1000;

/**
 * OpenAI's stream as events. It has ended well when `[DONE]` came, or when the connection was closed in
 * order after every choice had its finish reason: several servers never send `[DONE]`. Everything else
 * is a lost connection.
 */
export class OpenAIStream {
  #usage: Usage | null = null;
  readonly #open = new Set<number>();
  #sawChoice = false;
  readonly #chunks: ChunkReader;

  constructor(
    private readonly source: Pick<Exchange, 'body' | 'destroy'>,
    private readonly secrets: readonly string[],
  ) {
    this.#chunks = new ChunkReader(secrets);
  }

  /** Usage seen so far. */
  usage(): Usage | null {
    return this.#usage;
  }

  /** The events of one read of the network at a time: every turn through the generators costs as much as an event. */
  async *events(): AsyncGenerator<readonly UpstreamEvent[]> {
    const bytes = this.source.body[Symbol.asyncIterator]();
    const parser = new SseParser();
    let finished = false;
    try {
      for (;;) {
        const { done, value } = await bytes.next();
        if (done === true) break;
        const read = this.#read(parser.push(value));
        if (read.isDone) {
          finished = true;
          drain(bytes, this.source);
        }
        if (read.events.length > 0) yield read.events;
        if (read.isDone) return;
        if (read.fault !== undefined) throw read.fault;
      }
      finished = true;
      this.#endedWithoutDone();
    } finally {
      if (!finished) this.source.destroy();
    }
  }

  /** What came before a fault, or before `[DONE]`, is still to be relayed. */
  #read(lines: readonly SseEvent[]): { events: UpstreamEvent[]; isDone: boolean; fault?: unknown } {
    const events: UpstreamEvent[] = [];
    try {
      for (const { event, data } of lines) {
        if (data === '[DONE]') return { events, isDone: true };
        if (event === 'error') throw errorEvent(data, this.secrets);
        const chunk = this.#chunks.read(data);
        this.#note(chunk);
        events.push({ chunk, raw: data });
      }
    } catch (fault) {
      return { events, isDone: false, fault };
    }
    return { events, isDone: false };
  }

  #note(chunk: ChatChunk): void {
    const usage = usageFromOpenAI(chunk.usage) ?? usageFromOpenAI(groqUsage(chunk));
    if (usage !== null) this.#usage = usage;
    for (const { index, finish_reason } of chunk.choices) {
      this.#sawChoice = true;
      if (finish_reason) this.#open.delete(index);
      else this.#open.add(index);
    }
  }

  #endedWithoutDone(): void {
    if (this.#sawChoice && this.#open.size === 0) return;
    throw new UpstreamError('reset', 'the provider ended its stream in the middle of the answer', {
      usage: this.#usage,
    });
  }
}

/** Groq sends usage in a field of its own when it was not asked for it. */
function groqUsage(chunk: ChatChunk): unknown {
  const own = chunk.x_groq;
  return typeof own === 'object' && own !== null && 'usage' in own ? own.usage : null;
}

function errorEvent(data: string, secrets: readonly string[]): UpstreamError {
  parseChunk(data.includes('"error"') ? data : `{"error":${JSON.stringify(data)}}`, secrets);
  return new UpstreamError('invalid', 'the provider reported an error in its stream');
}

/** Reads what is left of the body in the background; a socket with unread bytes cannot be used again. */
function drain(bytes: AsyncIterator<Buffer>, source: Pick<Exchange, 'destroy'>): void {
  const tooLate = setTimeout(() => source.destroy(), MAX_TRAILER_MS);
  tooLate.unref();
  const read = async (): Promise<void> => {
    for (let size = 0; size <= MAX_TRAILER_BYTES;) {
      const { done, value } = await bytes.next();
      if (done === true) return;
      size += value.length;
    }
    source.destroy();
  };
  read()
    // The answer is complete: that its connection broke afterwards concerns nobody.
    .catch(() => source.destroy())
    .finally(() => clearTimeout(tooLate));
}
