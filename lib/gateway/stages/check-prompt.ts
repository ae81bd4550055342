import type { ChatRequest } from '@/lib/openai/wire';
import { checkPrompt as decide } from '@/lib/policy/prompt/enforce';
import type { Requested } from '../context';
import { countRequestTokens } from '../tokens';
import { passOf, type Stage } from '../stage';

const tools = { countTokens: countRequestTokens };

/** Limits, sanitising and content of all messages. What it rewrites is what goes upstream and is recorded. */
export const checkPrompt: Stage<Requested, { request: ChatRequest }> = ({
  policy,
  request,
  trail,
}) => {
  const decision = decide(policy, request, tools);
  if (decision.verdict === 'deny') return decision;
  const pass = passOf(decision, request);
  if (trail.messages) trail.messages = pass.add.request.messages;
  return pass;
};
