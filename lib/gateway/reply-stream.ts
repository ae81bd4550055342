import { AppError } from '@/lib/errors/app-error';
import { CompletionAssembler } from '@/lib/openai/assemble';
import type { ChatChunk, ChatCompletion } from '@/lib/openai/wire';
import type { AnswerScan } from '@/lib/pii/redact/answer-scan';
import type { StreamFilter } from '@/lib/pii/redact/stream-filter';
import type { GateStep } from '@/lib/policy/tool/call-gate';
import { toChunks } from '@/lib/openai/to-chunks';
import { renderOpenAIError } from '@/lib/errors/render';
import { restoringStream, scanOf, scanStream, verdictOf } from './answer-privacy';
import { clientGone } from './call';
import type { Checked } from './context';
import { trailHeaders } from './headers';
import { measure } from './measure';
import { refusalFor } from './refuse';
import type { GatewayReply } from './reply';
import { refusalOf } from './stage';
import { UpstreamError, type UpstreamEvent } from './types';

const SSE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Without no-transform a compressing proxy holds tokens back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** A stream of server-sent events; everything is settled and recorded before `[DONE]` is sent. */
export function replyStream(context: Checked): GatewayReply {
  context.trail.status = 200;
  return {
    status: 200,
    headers: { ...SSE_HEADERS, ...trailHeaders(context.id, context.trail) },
    body: new StreamBody(context),
  };
}

/**
 * The body as a reader takes it. One who leaves calls the upstream off; and since a generator that
 * never began never runs its `finally`, one who leaves before the first read begins it.
 */
class StreamBody implements AsyncIterableIterator<string> {
  private readonly events: AsyncGenerator<string>;
  private begun = false;

  constructor(private readonly context: Checked) {
    this.events = serverSentEvents(context);
    context.signal.addEventListener('abort', () => void this.return(), { once: true });
  }

  next(): Promise<IteratorResult<string>> {
    this.begun = true;
    return this.events.next();
  }

  async return(): Promise<IteratorResult<string>> {
    this.context.abort(clientGone());
    if (!this.begun) await this.next();
    return this.events.return(undefined);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/**
 * One generator from the executor's events to the wire, and one piece for all that came at once: every further turn
 * of the event loop's queue costs as much as a token.
 */
async function* serverSentEvents(context: Checked): AsyncGenerator<string> {
  const { answer, gate } = context;
  const assembler = new CompletionAssembler();
  const scan = scanOf(context);
  const scanned = scan && scanStream(scan);
  const restored = restoringStream(context);
  const wantsUsage = context.request.stream_options?.include_usage === true;
  let ended = false;
  try {
    const events = answer.stream ? answer.events : [eventsOf(answer.completion, wantsUsage)];
    const send = (event: UpstreamEvent | null) => {
      const refused = verdictOf(scan, context)?.deny;
      if (refused) throw refusalOf(refused);
      if (event) assembler.add(event.chunk);
      const open = event && restored ? through(restored, event) : event;
      return open && dataOf(open, wantsUsage);
    };
    for await (const batch of events) {
      let piece = '';
      try {
        for (const event of batch) {
          const passed = letThrough(gate.push(event.chunk), event);
          piece += lineOf(send(passed && scanned ? through(scanned, passed) : passed));
        }
      } finally {
        // What came before a refusal is the client's.
        if (piece !== '') yield piece;
      }
    }
    const rest = letThrough(gate.end(), null);
    const last = [rest && scanned ? through(scanned, rest) : rest, eventOf(scanned?.end())];
    for (const data of [...last.map(send), ...lastOf(restored, wantsUsage)])
      if (data !== null) yield lineOf(data);
    ended = true;
    await end(context, assembler, scan, undefined);
    yield 'data: [DONE]\n\n';
  } catch (error) {
    ended = true;
    await end(context, assembler, scan, error);
    yield `data: ${JSON.stringify(renderOpenAIError(refusalFor(context, error)))}\n\n`;
  } finally {
    if (!ended) await end(context, assembler, scan, clientGone());
  }
}

function eventsOf(completion: ChatCompletion, wantsUsage: boolean): UpstreamEvent[] {
  return [...toChunks(completion, wantsUsage)].map((chunk) => ({ chunk }));
}

function lineOf(data: string | null): string {
  return data === null ? '' : `data: ${data}\n\n`;
}

/** What the answer gate lets through; a chunk that it changed is no longer the upstream's bytes. */
function letThrough(step: GateStep, event: UpstreamEvent | null): UpstreamEvent | null {
  if (step.kind === 'deny') throw refusalOf(step.deny);
  if (step.kind === 'hold') return null;
  return step.chunk === event?.chunk ? event : { chunk: step.chunk };
}

/** The event after a filter, which may hold all of it back; one that it changed is no longer the upstream's bytes. */
function through(filter: StreamFilter, event: UpstreamEvent): UpstreamEvent | null {
  const chunk = filter.push(event.chunk);
  return chunk === event.chunk ? event : eventOf(chunk);
}

function eventOf(chunk: ChatChunk | null | undefined): UpstreamEvent | null {
  return chunk ? { chunk } : null;
}

/** What a filter still held when the stream ended without a finish reason. */
function lastOf(filter: StreamFilter | null, wantsUsage: boolean): (string | null)[] {
  const event = eventOf(filter?.end());
  return event ? [dataOf(event, wantsUsage)] : [];
}

/** The event as the upstream wrote it unless something has to change; null when nothing is left of it. */
function dataOf({ chunk, raw }: UpstreamEvent, wantsUsage: boolean): string | null {
  if (chunk.usage && !wantsUsage) {
    if (chunk.choices.length === 0) return null;
    const { usage: _unasked, ...rest } = chunk;
    return JSON.stringify(rest);
  }
  return raw === undefined || raw.includes('\n') ? JSON.stringify(chunk) : raw;
}

/** Measures, settles and records a stream that has ended, whole or not. */
async function end(
  context: Checked,
  assembler: CompletionAssembler,
  scan: AnswerScan | null,
  error: unknown,
): Promise<void> {
  const { answer, trail, ending, scope, gate } = context;
  const known = answer.stream ? answer.usage() : answer.usage;
  const told = error instanceof UpstreamError ? (error.usage ?? known) : known;
  measure(context, told, () => assembler.text(), error === undefined);
  if (gate.stripped !== null) {
    trail.restage('answer', 'rewrite', `stripped: ${gate.stripped}`);
    trail.warnings.add('tools_stripped');
  }
  const found = verdictOf(scan, context);
  if (found) {
    trail.restage('answer', found.altered ? 'rewrite' : 'allow', found.reason);
    trail.warn(found.warnings);
  }
  if (error === undefined) {
    const isAltered = gate.stripped !== null || found?.altered === true;
    if (!trail.usageEstimated && !isAltered) ending.keep = assembler.completion();
  } else {
    const refusal = refusalFor(context, error);
    ending.error = error;
    trail.status = refusal.status;
    trail.code = refusal.code;
    if (error instanceof AppError && refusal === error)
      trail.restage('answer', 'deny', refusal.code);
  }
  if (trail.messages) trail.answer = assembler.completion();
  await scope.close();
}
