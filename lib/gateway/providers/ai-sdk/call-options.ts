import type {
  JSONObject,
  LanguageModelV3CallOptions,
  LanguageModelV3FunctionTool,
  LanguageModelV3ToolChoice,
} from '@ai-sdk/provider';
import type { ChatRequest } from '@/lib/gateway/types';
import { toPrompt, type PromptRules } from './prompt';
import { cannotExpress } from './refuse';

export type CallRules = PromptRules & {
  /** The API has a JSON mode that needs no schema; otherwise the model is told in words. */
  jsonWithoutSchema: boolean;
  /** The provider's own options, made of OpenAI fields that the AI SDK has no common name for. */
  options: (request: ChatRequest, model: string, maxOutputTokens: number | undefined) => OwnOptions;
};

export type OwnOptions = {
  providerOptions: JSONObject;
  /** Replaces the request's limit where the provider counts thinking apart from it. */
  maxOutputTokens?: number;
};

/**
 * OpenAI's request as the AI SDK's call options. Refused with 400 is what would change the shape of the
 * answer (`n`, `logprobs`, audio output, tools that are no functions); dropped is what only hints at how
 * to make it (`seed`, penalties, `logit_bias`, `user`, `store`, … where the provider has no such thing).
 */
export function toCallOptions(
  request: ChatRequest,
  model: string,
  rules: CallRules,
): LanguageModelV3CallOptions {
  refuseWhatHasNoPlace(request);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? undefined;
  const own = rules.options(request, model, limit);
  const { tools, toolChoice } = toolsOf(request);
  const stop = typeof request.stop === 'string' ? [request.stop] : (request.stop ?? undefined);
  const withFormat = needsJsonInstruction(request, rules) ? withJsonInstruction(request) : request;
  return {
    prompt: toPrompt(withFormat, rules),
    maxOutputTokens: own.maxOutputTokens ?? limit,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    topK: numberOf(request.top_k),
    presencePenalty: numberOf(request.presence_penalty),
    frequencyPenalty: numberOf(request.frequency_penalty),
    stopSequences: stop,
    seed: request.seed ?? undefined,
    responseFormat: responseFormat(request),
    tools,
    toolChoice,
    includeRawChunks: true,
    providerOptions: { [rules.optionsKey]: own.providerOptions },
  };
}

function refuseWhatHasNoPlace(request: ChatRequest): void {
  if ((request.n ?? 1) > 1) {
    throw cannotExpress('n', 'this provider answers with one choice; n must be 1');
  }
  if (request.logprobs === true) {
    throw cannotExpress('logprobs', 'this provider does not give log probabilities');
  }
  const modalities = request.modalities;
  if (Array.isArray(modalities) && modalities.some((each) => each !== 'text')) {
    throw cannotExpress('modalities', 'this provider answers with text only');
  }
}

function toolsOf(request: ChatRequest): {
  tools?: LanguageModelV3FunctionTool[];
  toolChoice?: LanguageModelV3ToolChoice;
} {
  const tools = request.tools?.map(functionTool) ?? request.functions?.map(toFunctionTool);
  if (tools === undefined || tools.length === 0) return {};
  const choice = request.tool_choice ?? request.function_call;
  const allowed = allowedTools(choice);
  if (allowed !== null) {
    const toolChoice: LanguageModelV3ToolChoice = { type: allowed.mode };
    return { tools: tools.filter(({ name }) => allowed.names.has(name)), toolChoice };
  }
  const toolChoice = toToolChoice(choice);
  return { tools, ...(toolChoice === null ? {} : { toolChoice }) };
}

function functionTool(tool: NonNullable<ChatRequest['tools']>[number], index: number) {
  if (tool.type !== 'function' || tool.function === undefined) {
    throw cannotExpress(`tools.${index}`, `a tool of type ${tool.type} exists at OpenAI only`);
  }
  return toFunctionTool(tool.function);
}

function toFunctionTool(fn: {
  name: string;
  description?: string;
  parameters?: unknown;
  strict?: boolean | null;
}): LanguageModelV3FunctionTool {
  const schema = fn.parameters ?? { type: 'object', properties: {} };
  return {
    type: 'function',
    name: fn.name,
    ...(fn.description === undefined ? {} : { description: fn.description }),
    inputSchema: schema as LanguageModelV3FunctionTool['inputSchema'],
    ...(typeof fn.strict === 'boolean' ? { strict: fn.strict } : {}),
  };
}

function toToolChoice(choice: unknown): LanguageModelV3ToolChoice | null {
  if (choice === undefined || choice === null) return null;
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice };
  const named = nameOf(choice);
  if (named === null) throw cannotExpress('tool_choice', 'this tool_choice is not understood');
  return { type: 'tool', toolName: named };
}

function nameOf(choice: unknown): string | null {
  if (typeof choice !== 'object' || choice === null) return null;
  if ('name' in choice && typeof choice.name === 'string') return choice.name;
  return 'function' in choice ? nameOf(choice.function) : null;
}

/** `{type: "allowed_tools", allowed_tools: {mode, tools}}`: only those may be called. */
function allowedTools(choice: unknown): { mode: 'auto' | 'required'; names: Set<string> } | null {
  const wrapped = choice as { type?: unknown; allowed_tools?: unknown } | null | undefined;
  if (typeof wrapped !== 'object' || wrapped?.type !== 'allowed_tools') return null;
  const inner = (wrapped.allowed_tools ?? wrapped) as { mode?: unknown; tools?: unknown };
  const names = (Array.isArray(inner.tools) ? inner.tools : []).flatMap(
    (tool) => nameOf(tool) ?? [],
  );
  return { mode: inner.mode === 'required' ? 'required' : 'auto', names: new Set(names) };
}

function responseFormat(request: ChatRequest): LanguageModelV3CallOptions['responseFormat'] {
  const format = request.response_format;
  if (format?.type === 'json_object') return { type: 'json' };
  if (format?.type !== 'json_schema') return undefined;
  const wrapped = (format.json_schema ?? {}) as {
    name?: string;
    description?: string;
    schema?: unknown;
  };
  const { name, description, schema } = wrapped;
  return {
    type: 'json',
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined
      ? {}
      : { schema: schema as LanguageModelV3FunctionTool['inputSchema'] }),
  };
}

function needsJsonInstruction(request: ChatRequest, rules: CallRules): boolean {
  return request.response_format?.type === 'json_object' && !rules.jsonWithoutSchema;
}

function withJsonInstruction(request: ChatRequest): ChatRequest {
  const content = 'Answer with one JSON object and nothing else: no prose, no code fence.';
  return { ...request, messages: [{ role: 'system', content }, ...request.messages] };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
