import { compileNames } from '../../wildcard';
import type { RolePolicy } from '../../role-policy';
import type { LintRule } from '../finding';

const section = 'toolPolicies';

export const toolRules: LintRule[] = [
  {
    id: 'tools-without-checks',
    severity: 'warning',
    section,
    title: 'Tool checks are on, and none is set',
    why: 'The section looks like protection and lets every tool pass.',
    *check({ toolPolicies: t }) {
      const listed = t.allowedTools.length + t.blockedTools.length;
      const bounds = t.maxToolsPerRequest + t.maxToolCallsPerResponse;
      if (!t.enabled || !t.allowToolCalling || listed + bounds > 0) return;
      yield {
        path: `${section}.enabled`,
        message: 'Tool checks are on, but every tool is allowed in any number.',
        remedy: 'List allowed or blocked tools, set a limit, or switch the section off.',
      };
    },
  },
  {
    id: 'allowed-tool-blocked',
    severity: 'warning',
    section,
    title: 'A tool that is allowed and blocked',
    why: 'Blocking wins, so the entry of the allow list never has an effect.',
    *check({ toolPolicies: { enabled, allowToolCalling, allowedTools, blockedTools } }) {
      if (!enabled || !allowToolCalling) return;
      const blocked = compileNames(blockedTools);
      for (const [index, tool] of allowedTools.entries()) {
        // A wildcard is covered when the block list has the very same pattern or one for everything.
        if (!(tool.includes('*') ? blockedTools.includes(tool) : blocked(tool))) continue;
        yield {
          path: `${section}.allowedTools.${index}`,
          message: `The tool ${tool} is allowed here and blocked below; blocking wins.`,
          remedy: 'Take it out of one of the two lists.',
        };
      }
    },
  },
  {
    id: 'tool-lists-while-forbidden',
    severity: 'info',
    section,
    title: 'Lists of tools while tool calling is forbidden',
    why: 'With tool calling forbidden every tool is refused, whatever the lists say.',
    *check({ toolPolicies: { enabled, allowToolCalling, allowedTools } }) {
      if (!enabled || allowToolCalling || allowedTools.length === 0) return;
      yield {
        path: `${section}.allowToolCalling`,
        message: `Tool calling is forbidden, so the ${allowedTools.length} allowed tools are refused too.`,
        remedy: 'Allow tool calling, or empty the list of allowed tools.',
      };
    },
  },
];

/** Whether a request of this role may offer any tool. */
export function mayCallTools({ toolPolicies }: RolePolicy): boolean {
  return !toolPolicies.enabled || toolPolicies.allowToolCalling;
}
