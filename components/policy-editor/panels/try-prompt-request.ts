import type { RolePolicyInput } from '@/lib/policy/role-policy';

/** What the panel lets one choose about the text that is tried. */
export type TriedText = { text: string; asToolResult: boolean };

/** The chat-completions request that carries the text: said by the user, or brought back by a tool. */
export function tryPromptRequest({ text, asToolResult }: TriedText): object {
  if (!asToolResult) return { messages: [{ role: 'user', content: text }] };
  const call = { id: 'call_1', type: 'function', function: { name: 'read', arguments: '{}' } };
  return {
    messages: [
      { role: 'user', content: 'Read it.' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: text },
    ],
  };
}

/** The section alone, so that no model, limit or budget of the role comes before the prompt's checks. */
export function tryPromptPolicy(
  promptPolicies: RolePolicyInput['promptPolicies'],
): RolePolicyInput {
  // Left to routing, a request needs no model before its prompt is judged.
  return { promptPolicies, routingPolicy: { enabled: true, strategy: 'round_robin' } };
}
