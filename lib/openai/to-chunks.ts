import type { ChatChunk, ChatCompletion, ChunkChoice } from './wire';

/**
 * The stream that a whole answer would have come as: per choice its role, its content in one piece,
 * its finish reason; then the usage when the client asked for it.
 */
export function* toChunks(completion: ChatCompletion, includeUsage: boolean): Generator<ChatChunk> {
  const { id, created, model, system_fingerprint: fingerprint } = completion;
  const chunk = (choices: ChunkChoice[], usage?: ChatChunk['usage']): ChatChunk => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    ...(fingerprint === undefined ? {} : { system_fingerprint: fingerprint }),
    choices,
    ...(includeUsage ? { usage: usage ?? null } : {}),
  });
  for (const { index, message, finish_reason: finish, logprobs } of completion.choices) {
    const { tool_calls: calls, ...delta } = message;
    yield chunk([
      {
        index,
        delta: {
          ...delta,
          ...(calls
            ? { tool_calls: calls.map((call, position) => ({ ...call, index: position })) }
            : {}),
        },
        logprobs: logprobs ?? null,
        finish_reason: null,
      },
    ]);
    yield chunk([{ index, delta: {}, logprobs: null, finish_reason: finish }]);
  }
  if (includeUsage) yield chunk([], completion.usage);
}
