import type { CompletionMessage } from '@/lib/openai/wire';
import { createToolCallGate, type ToolCallGate } from '@/lib/policy/tool/call-gate';
import { checkCompletionTools } from '@/lib/policy/tool/enforce-answer';
import type { Answered } from '../context';
import { measure } from '../measure';
import { scanCompletion, scanOf, verdictOf } from '../answer-privacy';
import type { Stage } from '../stage';
import type { UpstreamAnswer } from '../types';

type WholeAnswer = Extract<UpstreamAnswer, { stream: false }>;
type Added = { answer: UpstreamAnswer; gate: ToolCallGate };

/**
 * What the model answered, held against the policy: a whole answer at once, a stream by a gate that
 * its events pass. An answer that is refused has been paid for, so it is measured first.
 */
export const checkAnswer: Stage<Answered, Added> = (context) => {
  const { answer, policy } = context;
  const gate = createToolCallGate(policy);
  if (answer.stream) {
    return { verdict: 'allow', reason: 'checked as it streams', add: { answer, gate } };
  }
  measure(context, answer.usage, () => textOf(answer));
  const decision = checkCompletionTools(policy, answer.completion);
  if (decision.verdict === 'deny') return decision;
  const permitted = decision.verdict === 'rewrite' ? decision.value : answer.completion;
  const scan = scanOf(context);
  const completion = scan ? scanCompletion(scan, permitted) : permitted;
  const found = verdictOf(scan, context);
  if (found?.deny) return found.deny;
  const reason = [decision.reason, found?.reason].filter(Boolean).join('; ');
  const warnings = [
    ...(decision.verdict === 'rewrite' ? decision.warnings : []),
    ...(found?.warnings ?? []),
  ];
  if (completion === answer.completion) {
    keep(context, answer);
    return { verdict: decision.verdict, reason, warnings, add: { answer, gate } };
  }
  const { raw: _altered, ...rest } = answer;
  const rewritten = { ...rest, completion };
  recordContent(context, rewritten);
  return { verdict: 'rewrite', reason, warnings, add: { answer: rewritten, gate } };
};

/** An answer that policy did not alter may answer others too, unless what it cost is a guess. */
function keep(context: Answered, answer: WholeAnswer): void {
  if (!context.trail.usageEstimated) context.ending.keep = answer.completion;
  recordContent(context, answer);
}

function recordContent({ trail }: Answered, { completion }: WholeAnswer): void {
  if (trail.messages) trail.answer = completion;
}

/** All that was generated, for an estimate of its tokens. */
function textOf({ completion }: WholeAnswer): string {
  return completion.choices.map(({ message }) => textOfMessage(message)).join('');
}

function textOfMessage({ content, refusal, tool_calls: calls }: CompletionMessage): string {
  const called = calls?.map((call) => JSON.stringify(call.function ?? call)) ?? [];
  return [content, refusal, ...called].filter((text) => typeof text === 'string').join('');
}
