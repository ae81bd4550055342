import type { ChatRequest } from '@/lib/openai/wire';
import { compilePolicy, type CompiledPolicy } from './compile';
import { type RolePolicyInput, rolePolicySchema } from './role-policy';

/** For tests: a compiled policy from the fields that matter. */
export function compiled(document: RolePolicyInput): CompiledPolicy {
  return compilePolicy(rolePolicySchema.parse(document));
}

/** For tests: a request of one user message. */
export function chat(content: string, rest: Partial<ChatRequest> = {}): ChatRequest {
  return { messages: [{ role: 'user', content }], ...rest };
}
