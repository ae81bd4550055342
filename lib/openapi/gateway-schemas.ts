import { z } from 'zod';

/**
 * The gateway's API as published. The gateway itself parses by hand, since every request passes there;
 * a test sends what is described here through it. Fields that are not named pass through to upstreams
 * that speak OpenAI's API.
 */

const contentPart = z.looseObject({
  type: z.string().describe('text, image_url, …'),
  text: z.string().optional(),
  image_url: z.looseObject({ url: z.string() }).optional(),
});

const toolCall = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string(),
    arguments: z.string().describe('A JSON object as text.'),
  }),
});

export const chatMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(contentPart), z.null()]).optional(),
  name: z.string().optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional().describe('Of a tool message: the call that it answers.'),
});

const tool = z.looseObject({
  type: z.string().describe('function'),
  function: z
    .looseObject({
      name: z.string(),
      description: z.string().optional(),
      parameters: z.unknown().optional().describe('JSON Schema of the arguments.'),
    })
    .optional(),
});

const count = z.int().min(1).nullish();

export const chatRequest = z.looseObject({
  model: z
    .string()
    .max(256)
    .nullish()
    .describe(
      "`provider/model`, a bare model name, or absent or `auto`: then routing or the role's default model chooses.",
    ),
  messages: z.array(chatMessage).min(1),
  stream: z.boolean().nullish().describe('Answers with server-sent events that end in [DONE].'),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({})]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: z.looseObject({ type: z.string() }).nullish(),
  max_tokens: count,
  max_completion_tokens: count,
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  n: z.int().min(1).max(128).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).nullish(),
  user: z.string().nullish().describe('Your end user: a cache of scope `user` is shared by it.'),
});

const usage = z.looseObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});

export const chatCompletion = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.int(),
      message: z.looseObject({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        tool_calls: z.array(toolCall).optional(),
      }),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: usage.nullish(),
});

export const modelObject = z.object({
  id: z.string().describe('provider/model'),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
});
export const modelList = z.object({ object: z.literal('list'), data: z.array(modelObject) });

export const gatewayError = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    code: z.string(),
  }),
});
