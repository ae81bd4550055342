import type { ChatCompletion, CompletionMessage } from '@/lib/openai/wire';
import type { CompiledPolicy } from '../compile';
import type { Decision, Deny } from '../decision';
import type { CompiledToolPolicy } from './compile';
import { shownName, toolNames } from './names';
import { answerCallsTool, answerUsesTools, tooManyCalls } from './refusals';

const OFF = { verdict: 'skip', reason: 'tool checks are off' } as const;

/**
 * Why a call that a model made may not reach the client, or null. `before` counts the calls of the
 * same choice that were let through: `maxToolCallsPerResponse` bounds each choice.
 */
export function faultOfCall(
  { policy, permits }: CompiledToolPolicy,
  names: readonly string[],
  before: number,
): Deny | null {
  if (!policy.allowToolCalling) return answerUsesTools();
  if (!permits(names)) return answerCallsTool(shownName(names));
  const max = policy.maxToolCallsPerResponse;
  return max > 0 && before >= max ? tooManyCalls(max) : null;
}

/**
 * Checks the tool calls of one answer. With strip the calls that are not permitted are taken out of
 * it; the caller mends `finish_reason`, or uses `checkCompletionTools`, which does.
 */
export function checkAnswerTools(
  compiled: CompiledPolicy,
  message: CompletionMessage,
): Decision<CompletionMessage> {
  const section = compiled.toolPolicies;
  if (!section.policy.enabled) return OFF;
  const faults: Deny[] = [];
  let permitted = 0;
  const isPermitted = (call: unknown) => {
    const fault = faultOfCall(section, toolNames(call), permitted);
    if (fault) faults.push(fault);
    else permitted++;
    return !fault;
  };
  const calls = message.tool_calls?.filter(isPermitted) ?? [];
  const keepsFunction = message.function_call ? isPermitted(message.function_call) : false;
  const [fault] = faults;
  if (!fault) return { verdict: 'allow', reason: permitted ? 'calls permitted' : 'no tool calls' };
  if (section.policy.onViolation === 'block') return fault;
  return {
    verdict: 'rewrite',
    value: withCalls(message, calls, keepsFunction),
    reason: `stripped: ${fault.reason}`,
    warnings: ['tools_stripped'],
  };
}

/** Checks every choice of a whole answer; a choice left without calls ends with `stop`. */
export function checkCompletionTools(
  compiled: CompiledPolicy,
  completion: ChatCompletion,
): Decision<ChatCompletion> {
  if (!compiled.toolPolicies.policy.enabled) return OFF;
  let reason: string | null = null;
  const choices: ChatCompletion['choices'] = [];
  for (const choice of completion.choices) {
    const decision = checkAnswerTools(compiled, choice.message);
    if (decision.verdict === 'deny') return decision;
    if (decision.verdict !== 'rewrite') {
      choices.push(choice);
      continue;
    }
    reason ??= decision.reason;
    const message = decision.value;
    const finish_reason = hasCalls(message)
      ? choice.finish_reason
      : withoutCalls(choice.finish_reason);
    choices.push({ ...choice, message, finish_reason });
  }
  if (reason === null) return { verdict: 'allow', reason: 'calls permitted' };
  return {
    verdict: 'rewrite',
    value: { ...completion, choices },
    reason,
    warnings: ['tools_stripped'],
  };
}

/** What `finish_reason` becomes when no call is left. */
export function withoutCalls<T extends string | null | undefined>(finishReason: T): T | 'stop' {
  return finishReason === 'tool_calls' || finishReason === 'function_call' ? 'stop' : finishReason;
}

function withCalls(
  message: CompletionMessage,
  calls: NonNullable<CompletionMessage['tool_calls']>,
  keepsFunction: boolean,
): CompletionMessage {
  const { tool_calls: _calls, function_call: call, ...rest } = message;
  const left: CompletionMessage = {
    ...rest,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(keepsFunction && call ? { function_call: call } : {}),
  };
  // An answer with neither text nor calls would break clients that expect one of them.
  return hasCalls(left) || left.content !== null ? left : { ...left, content: '' };
}

function hasCalls(message: CompletionMessage): boolean {
  return (message.tool_calls?.length ?? 0) > 0 || message.function_call !== undefined;
}
