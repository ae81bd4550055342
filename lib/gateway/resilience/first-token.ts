import type { ChatChunk } from '@/lib/openai/wire';
import { UpstreamError, type UpstreamEvent } from '../types';

/** Whether a chunk shows the client anything: until then another target may still take over. */
export function hasSubstance(chunk: ChatChunk): boolean {
  return chunk.choices.some(({ delta, finish_reason: finish }) => {
    if (typeof finish === 'string') return true;
    return Object.entries(delta ?? {}).some(
      ([name, value]) =>
        name !== 'role' &&
        value !== null &&
        value !== undefined &&
        value !== '' &&
        !isEmptyList(value),
    );
  });
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/**
 * Waits for a stream's first token. Returns the events up to it and the iterator that has the rest.
 * @throws UpstreamError as the stream does, and `invalid` when it ends without saying anything.
 */
export async function untilFirstToken(
  events: AsyncIterable<readonly UpstreamEvent[]>,
): Promise<{ head: UpstreamEvent[]; rest: AsyncIterator<readonly UpstreamEvent[]> }> {
  const rest = events[Symbol.asyncIterator]();
  const head: UpstreamEvent[] = [];
  for (;;) {
    const { done, value } = await rest.next();
    if (done)
      throw new UpstreamError('invalid', 'The provider ended its stream without an answer.');
    head.push(...value);
    if (value.some(({ chunk }) => hasSubstance(chunk))) return { head, rest };
  }
}
