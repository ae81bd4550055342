import { UpstreamError } from '@/lib/gateway/types';

/** Longest event of a stream. */
export const MAX_EVENT_BYTES = 8 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

export type SseEvent = { event: string | null; data: string };

/**
 * Reads server-sent events (HTML standard §9.2.6) from bytes cut anywhere: LF or CRLF, comments,
 * several data lines, no space after the colon, a byte-order mark. Lines are cut in bytes and decoded
 * whole, so a character split over two chunks stays one. An event that the end of the stream cuts off
 * is dropped, as the standard says. Throws `invalid` when an event passes 8 MiB, or when 16 MiB
 * come without one, of comments say.
 */
export async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<SseEvent> {
  const lines = new LineBuffer();
  let event: string | null = null;
  let data: string[] = [];
  let size = 0;
  let sinceEvent = 0;
  for await (const chunk of body) {
    sinceEvent += chunk.length;
    if (sinceEvent > 2 * MAX_EVENT_BYTES) throw tooLong();
    for (const line of lines.push(chunk)) {
      if (line === '') {
        if (data.length > 0) {
          yield { event, data: data.length === 1 ? (data[0] ?? '') : data.join('\n') };
          sinceEvent = 0;
        }
        event = null;
        data = [];
        size = 0;
        continue;
      }
      const field = fieldOf(line);
      if (field === null) continue;
      if (field.name === 'data') {
        data.push(field.value);
        size += field.value.length;
        if (size > MAX_EVENT_BYTES) throw tooLong();
      } else if (field.name === 'event') event = field.value;
    }
  }
}

function fieldOf(line: string): { name: string; value: string } | null {
  const colon = line.indexOf(':');
  if (colon === 0) return null;
  if (colon < 0) return { name: line, value: '' };
  const from = line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
  return { name: line.slice(0, colon), value: line.slice(from) };
}

class LineBuffer {
  #rest: Buffer[] = [];
  #restSize = 0;
  #atStart = true;

  *push(chunk: Buffer): Generator<string> {
    let from = 0;
    for (let end = chunk.indexOf(LF, from); end >= 0; end = chunk.indexOf(LF, from)) {
      yield this.#take(chunk.subarray(from, end));
      from = end + 1;
    }
    if (from < chunk.length) {
      this.#rest.push(chunk.subarray(from));
      this.#restSize += chunk.length - from;
      if (this.#restSize > MAX_EVENT_BYTES) throw tooLong();
    }
  }

  #take(last: Buffer): string {
    let line = last;
    if (this.#restSize > 0) {
      line = Buffer.concat([...this.#rest, last]);
      this.#rest = [];
      this.#restSize = 0;
    }
    const end = line.length > 0 && line[line.length - 1] === CR ? line.length - 1 : line.length;
    const text = line.toString('utf8', 0, end);
    if (!this.#atStart) return text;
    this.#atStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
}

function tooLong(): UpstreamError {
  return new UpstreamError(
    'invalid',
    `an event of the provider's stream is longer than ${MAX_EVENT_BYTES} bytes`,
  );
}
