import { randomUUID } from 'node:crypto';
import { cutIntoTokens, type SandboxAnswer } from './answer';
import type { SandboxRequest } from './request';

type Usage = {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
  completion_tokens_details: { reasoning_tokens: number };
};

export function usageOf(promptTokens: number, completionTokens: number): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

function head(model: string) {
  return {
    id: `chatcmpl-sandbox-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model,
    system_fingerprint: 'rolegate-sandbox',
  };
}

/** The answer as OpenAI's `chat.completion`. */
export function renderCompletion(
  request: SandboxRequest,
  { tokens, toolCalls, finishReason, completionTokens }: SandboxAnswer,
  promptTokens: number,
): object {
  const n = request.n ?? 1;
  const message = {
    role: 'assistant',
    content: toolCalls.length > 0 ? null : tokens.join(''),
    refusal: null,
    ...(finishReason === 'tool_calls' ? { tool_calls: toolCalls.map(renderToolCall) } : {}),
    ...(finishReason === 'function_call'
      ? { function_call: renderFunctionCall(toolCalls[0]) }
      : {}),
  };
  return {
    ...head(request.model),
    object: 'chat.completion',
    choices: Array.from({ length: n }, (_, index) => ({
      index,
      message,
      logprobs: request.logprobs ? { content: tokens.map(logprobOf), refusal: null } : null,
      finish_reason: finishReason,
    })),
    usage: usageOf(promptTokens, completionTokens * n),
  };
}

function renderToolCall({ id, name, arguments: args }: SandboxAnswer['toolCalls'][number]): object {
  return { id, type: 'function', function: { name, arguments: args } };
}

function renderFunctionCall(call: SandboxAnswer['toolCalls'][number] | undefined): object {
  return { name: call?.name, arguments: call?.arguments };
}

function logprobOf(token: string): object {
  return { token, logprob: -0.01, bytes: [...Buffer.from(token)], top_logprobs: [] };
}

/** The answer as the SSE events of a stream, `data: [DONE]` last. One event for each token of each choice. */
export function* renderStream(
  request: SandboxRequest,
  answer: SandboxAnswer,
  promptTokens: number,
): Generator<{ event: string; isToken: boolean }> {
  const { tokens, toolCalls, finishReason, completionTokens } = answer;
  const n = request.n ?? 1;
  const withUsage = request.stream_options?.include_usage === true;
  const usage = withUsage ? { usage: null } : {};
  const common = { ...head(request.model), object: 'chat.completion.chunk' };
  const event = (choices: object[], more: object = usage): string =>
    `data: ${JSON.stringify({ ...common, choices, ...more })}\n\n`;
  // All events but the token are the same text; it is written once.
  const frame = (index: number, logprobs: unknown): [string, string] => {
    const text = event([{ index, delta: { content: '\0' }, logprobs, finish_reason: null }]);
    const [before = '', after = ''] = text.split('"\\u0000"');
    return [before, after];
  };
  for (let index = 0; index < n; index += 1) {
    const start = { role: 'assistant', content: toolCalls.length > 0 ? null : '', refusal: null };
    yield {
      event: event([{ index, delta: start, logprobs: null, finish_reason: null }]),
      isToken: false,
    };
    const [before, after] = frame(index, null);
    for (const token of tokens) {
      const text = request.logprobs
        ? event([
            {
              index,
              delta: { content: token },
              logprobs: { content: [logprobOf(token)], refusal: null },
              finish_reason: null,
            },
          ])
        : `${before}${JSON.stringify(token)}${after}`;
      yield { event: text, isToken: true };
    }
    for (const delta of toolDeltas(answer)) {
      yield {
        event: event([{ index, delta, logprobs: null, finish_reason: null }]),
        isToken: true,
      };
    }
    const end = { index, delta: {}, logprobs: null, finish_reason: finishReason };
    yield { event: event([end]), isToken: false };
  }
  if (withUsage) {
    yield {
      event: event([], { usage: usageOf(promptTokens, completionTokens * n) }),
      isToken: false,
    };
  }
  yield { event: 'data: [DONE]\n\n', isToken: false };
}

function* toolDeltas({ toolCalls, finishReason }: SandboxAnswer): Generator<object> {
  for (const [index, { id, name, arguments: args }] of toolCalls.entries()) {
    if (finishReason === 'function_call') {
      yield { function_call: { name, arguments: '' } };
      for (const piece of cutIntoTokens(args)) yield { function_call: { arguments: piece } };
      continue;
    }
    yield { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] };
    for (const piece of cutIntoTokens(args)) {
      yield { tool_calls: [{ index, function: { arguments: piece } }] };
    }
  }
}
