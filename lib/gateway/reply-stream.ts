import { AppError } from '@/lib/errors/app-error';
import { CompletionAssembler } from '@/lib/openai/assemble';
import { toChunks } from '@/lib/openai/to-chunks';
import { renderOpenAIError } from '@/lib/errors/render';
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
 * A generator that never began never runs its `finally`, so a client that leaves before the first
 * read would keep its slot: this sees to the ending in that case too.
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
    if (!this.begun) {
      this.begun = true;
      await end(this.context, new CompletionAssembler(), clientGone());
    }
    return this.events.return(undefined);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

async function* serverSentEvents(context: Checked): AsyncGenerator<string> {
  const assembler = new CompletionAssembler();
  const wantsUsage = context.request.stream_options?.include_usage === true;
  let ended = false;
  try {
    for await (const event of gated(context, eventsOf(context, wantsUsage))) {
      assembler.add(event.chunk);
      const data = dataOf(event, wantsUsage);
      if (data !== null) yield `data: ${data}\n\n`;
    }
    ended = true;
    await end(context, assembler, undefined);
    yield 'data: [DONE]\n\n';
  } catch (error) {
    ended = true;
    await end(context, assembler, error);
    yield `data: ${JSON.stringify(renderOpenAIError(refusalFor(context, error)))}\n\n`;
  } finally {
    if (!ended) await end(context, assembler, clientGone());
  }
}

async function* eventsOf({ answer }: Checked, wantsUsage: boolean): AsyncGenerator<UpstreamEvent> {
  if (answer.stream) yield* answer.events;
  else for (const chunk of toChunks(answer.completion, wantsUsage)) yield { chunk };
}

/** What the answer gate lets through; a chunk that it changed is no longer the upstream's bytes. */
async function* gated(
  { gate }: Checked,
  events: AsyncIterable<UpstreamEvent>,
): AsyncGenerator<UpstreamEvent> {
  for await (const event of events) {
    const step = gate.push(event.chunk);
    if (step.kind === 'deny') throw refusalOf(step.deny);
    if (step.kind === 'forward') yield step.chunk === event.chunk ? event : { chunk: step.chunk };
  }
  const last = gate.end();
  if (last.kind === 'deny') throw refusalOf(last.deny);
  if (last.kind === 'forward') yield { chunk: last.chunk };
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
  error: unknown,
): Promise<void> {
  const { answer, trail, ending, scope, gate } = context;
  const known = answer.stream ? answer.usage() : answer.usage;
  const told = error instanceof UpstreamError ? (error.usage ?? known) : known;
  measure(context, told, () => assembler.text());
  if (gate.stripped !== null) {
    trail.restage('answer', 'rewrite', `stripped: ${gate.stripped}`);
    trail.warnings.add('tools_stripped');
  }
  if (error === undefined) {
    if (!trail.usageEstimated && gate.stripped === null) ending.keep = assembler.completion();
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
