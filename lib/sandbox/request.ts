import { z } from 'zod';

const part = z.looseObject({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(part)]).nullish();
const fn = z.looseObject({ name: z.string(), parameters: z.unknown().optional() });

/** What the simulator reads of a chat request; everything else is accepted and ignored. */
export const sandboxRequest = z.looseObject({
  model: z.string(),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
        content,
        name: z.string().optional(),
        tool_call_id: z.string().optional(),
        tool_calls: z
          .array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string() }) }))
          .nullish(),
      }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  tools: z.array(z.looseObject({ type: z.string(), function: fn.optional() })).nullish(),
  functions: z.array(fn).nullish(),
  tool_choice: z.unknown().optional(),
  function_call: z.unknown().optional(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.looseObject({ schema: z.unknown().optional() }).optional(),
    })
    .nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  logprobs: z.boolean().nullish(),
});

export type SandboxRequest = z.infer<typeof sandboxRequest>;
type Message = SandboxRequest['messages'][number];

/** The text of a message, its text parts joined. */
export function textOf({ content: value }: Pick<Message, 'content'>): string {
  if (typeof value === 'string') return value;
  return (value ?? [])
    .flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : []))
    .join('\n');
}

/** How many images (and other files) the conversation carries. */
export function countAttachments({ messages }: SandboxRequest): number {
  return messages.reduce(
    (count, { content: value }) =>
      count + (Array.isArray(value) ? value.filter(({ type }) => type !== 'text').length : 0),
    0,
  );
}

/** The simulator's own measure: four characters are a token, a message costs four more, an image 85. */
export function countPromptTokens(request: SandboxRequest): number {
  let characters = 0;
  for (const message of request.messages) {
    characters += textOf(message).length;
    if (message.tool_calls) characters += JSON.stringify(message.tool_calls).length;
  }
  if (request.tools) characters += JSON.stringify(request.tools).length;
  if (request.functions) characters += JSON.stringify(request.functions).length;
  const attachments = countAttachments(request);
  return Math.ceil(characters / 4) + request.messages.length * 4 + attachments * 85;
}
