import { UpstreamError } from '@/lib/gateway/types';

/** Longest event of a stream. */
export const MAX_EVENT_BYTES = 8 * 1024 * 1024;

const LF = 0x0a;

export type SseEvent = { event: string | null; data: string };

/**
 * Reads server-sent events (HTML standard §9.2.6) from bytes cut anywhere: LF or CRLF, comments,
 * several data lines, no space after the colon, a byte-order mark. Bytes are decoded up to a line's end
 * only, so a character split over two chunks stays one. An event that the end of the stream cuts off is
 * dropped, as the standard says.
 */
export class SseParser {
  #rest: Buffer[] = [];
  #restSize = 0;
  #atStart = true;
  #event: string | null = null;
  #data: string[] = [];
  #dataSize = 0;
  /** Bytes since the last event: comments without end are no answer either. */
  #idleSize = 0;

  /** The events that these bytes complete. Throws `invalid` when 8 MiB come without one, or one is that long. */
  push(chunk: Buffer): SseEvent[] {
    this.#idleSize += chunk.length;
    const events = this.#parse(chunk);
    if (events.length > 0) this.#idleSize = 0;
    else if (this.#idleSize > MAX_EVENT_BYTES) throw tooLong();
    return events;
  }

  #parse(chunk: Buffer): SseEvent[] {
    const end = chunk.lastIndexOf(LF);
    if (end < 0) {
      this.#keep(chunk);
      return [];
    }
    const lines = this.#take(chunk.subarray(0, end)).split('\n');
    if (end + 1 < chunk.length) this.#keep(chunk.subarray(end + 1));
    const events: SseEvent[] = [];
    for (const line of lines) this.#line(line.endsWith('\r') ? line.slice(0, -1) : line, events);
    return events;
  }

  #keep(bytes: Buffer): void {
    this.#rest.push(bytes);
    this.#restSize += bytes.length;
    if (this.#restSize > MAX_EVENT_BYTES) throw tooLong();
  }

  #take(last: Buffer): string {
    const whole = this.#restSize === 0 ? last : Buffer.concat([...this.#rest, last]);
    this.#rest = [];
    this.#restSize = 0;
    const text = whole.toString('utf8');
    if (!this.#atStart) return text;
    this.#atStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  #line(line: string, events: SseEvent[]): void {
    if (line === '') {
      const [first] = this.#data;
      if (first !== undefined) {
        const data = this.#data.length === 1 ? first : this.#data.join('\n');
        events.push({ event: this.#event, data });
      }
      this.#event = null;
      this.#data = [];
      this.#dataSize = 0;
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const from =
      colon < 0 ? line.length : line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
    if (name === 'event') this.#event = line.slice(from);
    if (name !== 'data') return;
    this.#data.push(line.slice(from));
    this.#dataSize += line.length - from;
    if (this.#dataSize > MAX_EVENT_BYTES) throw tooLong();
  }
}

function tooLong(): UpstreamError {
  return new UpstreamError(
    'invalid',
    `an event of the provider's stream is longer than ${MAX_EVENT_BYTES} bytes`,
  );
}
