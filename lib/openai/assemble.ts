import type {
  ChatChunk,
  ChatCompletion,
  Choice,
  ChunkChoice,
  OpenAIUsage,
  ToolCall,
  ToolCallDelta,
} from './wire';

type Draft = {
  choice: Choice;
  calls: Map<number, ToolCall>;
  logprobs: Record<string, unknown[]> | null;
};

/** Puts a stream's chunks back together into the answer that a request without `stream` would have had. */
export class CompletionAssembler {
  private head: {
    id: string;
    created: number;
    model: string;
    system_fingerprint?: unknown;
  } | null = null;
  private usage: OpenAIUsage | null = null;
  private readonly drafts = new Map<number, Draft>();

  add(chunk: ChatChunk): void {
    this.head ??= {
      id: chunk.id,
      created: chunk.created,
      model: chunk.model,
      ...(chunk.system_fingerprint === undefined
        ? {}
        : { system_fingerprint: chunk.system_fingerprint }),
    };
    if (chunk.usage) this.usage = chunk.usage;
    for (const choice of chunk.choices) this.addChoice(choice);
  }

  /** All text generated so far, tool arguments and reasoning included: what an estimate of its tokens goes by. */
  text(): string {
    let text = '';
    for (const { choice, calls } of this.drafts.values()) {
      for (const value of Object.values(choice.message)) {
        if (typeof value === 'string' && value !== 'assistant') text += value;
      }
      for (const { function: called } of calls.values()) text += called.name + called.arguments;
    }
    return text;
  }

  /** The answer so far, or null when no chunk has come. */
  completion(): ChatCompletion | null {
    if (!this.head) return null;
    const choices = [...this.drafts.values()]
      .sort((a, b) => a.choice.index - b.choice.index)
      .map(({ choice, calls, logprobs }): Choice => ({
        ...choice,
        message: {
          ...choice.message,
          ...(calls.size === 0
            ? {}
            : {
                tool_calls: [...calls.entries()].sort(([a], [b]) => a - b).map(([, call]) => call),
              }),
        },
        ...(logprobs === null ? {} : { logprobs }),
      }));
    return {
      ...this.head,
      object: 'chat.completion',
      choices,
      ...(this.usage === null ? {} : { usage: this.usage }),
    };
  }

  private addChoice({ index, delta, finish_reason: finish, logprobs }: ChunkChoice): void {
    const draft = this.draftOf(index);
    if (typeof finish === 'string') draft.choice.finish_reason = finish;
    if (logprobs) draft.logprobs = mergeLogprobs(draft.logprobs, logprobs);
    const { message } = draft.choice;
    for (const [name, value] of Object.entries(delta ?? {})) {
      if (name === 'role') continue;
      if (name === 'tool_calls')
        for (const call of delta.tool_calls ?? []) addToolCall(draft.calls, call);
      else if (name === 'function_call') addFunctionCall(message, delta.function_call);
      else if (typeof value === 'string') {
        const before = message[name];
        message[name] = (typeof before === 'string' ? before : '') + value;
      } else if (value !== null) message[name] = value;
    }
  }

  private draftOf(index: number): Draft {
    const known = this.drafts.get(index);
    if (known) return known;
    const draft: Draft = {
      choice: { index, message: { role: 'assistant', content: null }, finish_reason: null },
      calls: new Map(),
      logprobs: null,
    };
    this.drafts.set(index, draft);
    return draft;
  }
}

function addToolCall(calls: Map<number, ToolCall>, delta: ToolCallDelta): void {
  const call = calls.get(delta.index) ?? {
    id: '',
    type: 'function' as const,
    function: { name: '', arguments: '' },
  };
  if (delta.id) call.id = delta.id;
  call.function.name += delta.function?.name ?? '';
  call.function.arguments += delta.function?.arguments ?? '';
  calls.set(delta.index, call);
}

function addFunctionCall(
  message: Choice['message'],
  delta: { name?: string; arguments?: string } | undefined,
): void {
  const before = message.function_call ?? { name: '', arguments: '' };
  message.function_call = {
    name: before.name + (delta?.name ?? ''),
    arguments: before.arguments + (delta?.arguments ?? ''),
  };
}

function mergeLogprobs(
  before: Record<string, unknown[]> | null,
  logprobs: unknown,
): Record<string, unknown[]> {
  const merged = { ...before };
  for (const [name, list] of Object.entries(logprobs as Record<string, unknown>)) {
    if (Array.isArray(list)) merged[name] = [...(merged[name] ?? []), ...(list as unknown[])];
  }
  return merged;
}
