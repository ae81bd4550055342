import { compileNames } from '../wildcard';
import type { ToolPolicy } from './schema';

export type CompiledToolPolicy = {
  policy: ToolPolicy;
  /**
   * Whether a tool may be used that goes by any of `names`: a function has one, a built-in tool its
   * type and perhaps a name. One blocked name is enough to forbid, one allowed name to permit.
   */
  permits(names: readonly string[]): boolean;
};

/** Turns the lists of names into one matcher; an empty allowlist allows every tool that is not blocked. */
export function compileToolPolicy(policy: ToolPolicy): CompiledToolPolicy {
  const blocked = compileNames(policy.blockedTools);
  const allowed = policy.allowedTools.length === 0 ? () => true : compileNames(policy.allowedTools);
  return { policy, permits: (names) => !names.some(blocked) && names.some(allowed) };
}
