/** OpenAI chat completions as they go over the wire: types only, shared by policies and gateway. */

export type TextPart = { type: 'text'; text: string; [key: string]: unknown };
export type ContentPart = TextPart | { type: string; [key: string]: unknown };
export type ToolCall = {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
  [key: string]: unknown;
};
export type ChatMessage = {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'function';
  content?: string | ContentPart[] | null;
  name?: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
  [key: string]: unknown;
};
export type Tool = {
  type: string;
  function?: { name: string; description?: string; parameters?: unknown; strict?: boolean | null };
  [key: string]: unknown;
};

/** A chat request after validation. Unknown fields are kept: they pass through to OpenAI-compatible upstreams. */
export type ChatRequest = {
  model?: string;
  messages: ChatMessage[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean; [key: string]: unknown } | null;
  tools?: Tool[];
  functions?: { name: string; description?: string; parameters?: unknown }[];
  tool_choice?: unknown;
  function_call?: unknown;
  parallel_tool_calls?: boolean;
  response_format?: { type: string; json_schema?: unknown; [key: string]: unknown };
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  n?: number | null;
  seed?: number | null;
  stop?: string | string[] | null;
  logprobs?: boolean | null;
  top_logprobs?: number | null;
  user?: string;
  [key: string]: unknown;
};

export type CompletionMessage = {
  role: 'assistant';
  content: string | null;
  refusal?: string | null;
  tool_calls?: ToolCall[];
  function_call?: { name: string; arguments: string };
  [key: string]: unknown;
};
export type Choice = {
  index: number;
  message: CompletionMessage;
  finish_reason: string | null;
  logprobs?: unknown;
  [key: string]: unknown;
};
export type OpenAIUsage = {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details?: { cached_tokens?: number; [key: string]: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: number; [key: string]: unknown } | null;
  [key: string]: unknown;
};
/** A non-streaming answer, OpenAI's `chat.completion`. */
export type ChatCompletion = {
  id: string;
  object: 'chat.completion';
  created: number;
  model: string;
  choices: Choice[];
  usage?: OpenAIUsage | null;
  [key: string]: unknown;
};
export type ToolCallDelta = {
  index: number;
  id?: string;
  type?: string;
  function?: { name?: string; arguments?: string };
  [key: string]: unknown;
};
export type ChunkChoice = {
  index: number;
  delta: {
    role?: string;
    content?: string | null;
    refusal?: string | null;
    tool_calls?: ToolCallDelta[];
    function_call?: { name?: string; arguments?: string };
    [key: string]: unknown;
  };
  finish_reason?: string | null;
  [key: string]: unknown;
};
/** One event of a stream, OpenAI's `chat.completion.chunk`. */
export type ChatChunk = {
  id: string;
  object: 'chat.completion.chunk';
  created: number;
  model: string;
  choices: ChunkChoice[];
  usage?: OpenAIUsage | null;
  [key: string]: unknown;
};
