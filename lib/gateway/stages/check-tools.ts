import type { ChatRequest } from '@/lib/openai/wire';
import { checkTools as decide } from '@/lib/policy/tool/enforce';
import type { Requested } from '../context';
import { passOf, type Stage } from '../stage';

/** The tools and functions a request offers, and the one it insists on. */
export const checkTools: Stage<Requested, { request: ChatRequest }> = ({ policy, request }) => {
  const decision = decide(policy, request);
  return decision.verdict === 'deny' ? decision : passOf(decision, request);
};
