import type { ChatRequest } from '@/lib/openai/wire';
import { PlaceholderVault } from '@/lib/pii/redact/vault';
import { checkPrompt as decide } from '@/lib/policy/prompt/enforce';
import { redactsEverything } from '@/lib/policy/prompt/pii/check';
import type { Requested } from '../context';
import { detectorsFor } from '../remembered';
import { countRequestTokens } from '../tokens';
import { passOf, type Stage } from '../stage';

/** Limits, sanitising and content of all messages. What it rewrites is what goes upstream and is recorded. */
export const checkPrompt: Stage<Requested, { request: ChatRequest; vault: PlaceholderVault }> = ({
  policy,
  principal,
  request,
  trail,
}) => {
  const vault = new PlaceholderVault();
  const decision = decide(policy, request, {
    countTokens: countRequestTokens,
    vault,
    ...detectorsFor(principal.tenant.id),
  });
  if (decision.verdict === 'deny') return decision;
  const pass = passOf(decision, request);
  if (trail.messages) trail.messages = pass.add.request.messages;
  trail.isRedacted = redactsEverything(policy.promptPolicies);
  return { ...pass, add: { ...pass.add, vault } };
};
