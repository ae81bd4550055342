import { z } from 'zod';

/** OpenAI's answers as its API reference has them; what the gateway may add is let through, nothing may be missing. */

const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);

const usage = z.looseObject({
  prompt_tokens: z.int().min(0),
  completion_tokens: z.int().min(0),
  total_tokens: z.int().min(0),
  prompt_tokens_details: z.looseObject({ cached_tokens: z.int().min(0) }).optional(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: z.int().min(0) }).optional(),
});

const toolCall = z.looseObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
});

export const completionSchema = z.looseObject({
  id: z.string().min(1),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string().min(1),
  choices: z
    .array(
      z.looseObject({
        index: z.int(),
        message: z.looseObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullable().optional(),
          tool_calls: z.array(toolCall).min(1).optional(),
        }),
        logprobs: z.unknown().optional(),
        finish_reason: finishReason,
      }),
    )
    .min(1),
  usage,
});

export const chunkSchema = z.looseObject({
  id: z.string().min(1),
  object: z.literal('chat.completion.chunk'),
  created: z.int(),
  model: z.string().min(1),
  choices: z.array(
    z.looseObject({
      index: z.int(),
      delta: z.looseObject({
        role: z.literal('assistant').optional(),
        content: z.string().nullable().optional(),
        tool_calls: z
          .array(
            z.looseObject({
              index: z.int().min(0),
              id: z.string().min(1).optional(),
              type: z.literal('function').optional(),
              function: z
                .strictObject({ name: z.string().optional(), arguments: z.string().optional() })
                .optional(),
            }),
          )
          .optional(),
      }),
      finish_reason: finishReason.nullable(),
    }),
  ),
  usage: usage.nullish(),
});

/** An answer boiled down to what a client acts on. */
export type Gist = {
  text: string;
  toolCalls: { id: string; name: string; arguments: unknown }[];
  finishReason: string | null;
};

export function gistOfCompletion(completion: z.infer<typeof completionSchema>): Gist {
  const choice = completion.choices[0];
  return {
    text: choice?.message.content ?? '',
    toolCalls: (choice?.message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: call.function.name,
      arguments: JSON.parse(call.function.arguments),
    })),
    finishReason: choice?.finish_reason ?? null,
  };
}

/** Adds up a stream as OpenAI's client does; a delta out of place is an error. */
export function gistOfChunks(chunks: readonly z.infer<typeof chunkSchema>[]): Gist {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  let text = '';
  let finishReason: string | null = null;
  for (const { choices } of chunks) {
    const choice = choices[0];
    if (choice === undefined) continue;
    if (finishReason !== null) throw new Error('a delta came after the finish reason');
    text += choice.delta.content ?? '';
    for (const { index, id, function: fn } of choice.delta.tool_calls ?? []) {
      const call = calls.get(index);
      if (call === undefined) {
        if (id === undefined || fn?.name === undefined || index !== calls.size) {
          throw new Error(`tool call ${index} does not start with id and name`);
        }
        calls.set(index, { id, name: fn.name, arguments: fn.arguments ?? '' });
      } else call.arguments += fn?.arguments ?? '';
    }
    finishReason = choice.finish_reason ?? finishReason;
  }
  return {
    text,
    toolCalls: [...calls.values()].map(({ id, name, arguments: args }) => ({
      id,
      name,
      arguments: JSON.parse(args === '' ? '{}' : args),
    })),
    finishReason,
  };
}
