import type { ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '../compile';
import type { Decision, Deny } from '../decision';
import { chosenTools, withoutTools } from './choice';
import type { CompiledToolPolicy } from './compile';
import { isObject, offeredTools, shownName, toolNames, WEB_SEARCH } from './names';
import { toolNotAllowed, toolsNotAllowed, tooManyTools } from './refusals';

/** All fields by which a request deals in tools. They go together when none may be offered. */
const TOOL_FIELDS = [
  'tools',
  'functions',
  'tool_choice',
  'function_call',
  'parallel_tool_calls',
  'web_search_options',
] as const;

/**
 * Checks the tools a request offers and the one it chooses. With `onViolation` block the first fault
 * refuses the request; with strip what is not permitted is removed, the list is cut to
 * `maxToolsPerRequest` from its end, and the choice is mended to fit.
 */
export function checkTools(compiled: CompiledPolicy, request: ChatRequest): Decision<ChatRequest> {
  const section = compiled.toolPolicies;
  if (!section.policy.enabled) return { verdict: 'skip', reason: 'tool checks are off' };
  const fault = firstFault(section, request);
  if (!fault) {
    const { length } = offeredTools(request);
    return { verdict: 'allow', reason: length === 0 ? 'no tools' : `${length} tools permitted` };
  }
  if (section.policy.onViolation === 'block') return fault;
  return {
    verdict: 'rewrite',
    value: strip(section, request),
    reason: `stripped: ${fault.reason}`,
    warnings: ['tools_stripped'],
  };
}

function firstFault({ policy, permits }: CompiledToolPolicy, request: ChatRequest): Deny | null {
  const offered = offeredTools(request);
  const chosen = [...chosenTools(request.tool_choice), ...chosenTools(request.function_call)];
  if (!policy.allowToolCalling) {
    return offered.length + chosen.length > 0 ? toolsNotAllowed('tools') : null;
  }
  const forbidden = offered.find((names) => !permits(names));
  if (forbidden) return toolNotAllowed(shownName(forbidden), 'tools');
  const forbiddenChoice = chosen.find((names) => !permits(names));
  if (forbiddenChoice) return toolNotAllowed(shownName(forbiddenChoice), 'tool_choice');
  const max = policy.maxToolsPerRequest;
  return max > 0 && offered.length > max ? tooManyTools(offered.length, max) : null;
}

function strip({ policy, permits }: CompiledToolPolicy, request: ChatRequest): ChatRequest {
  let room = policy.maxToolsPerRequest || Number.POSITIVE_INFINITY;
  const kept = new Set<string>();
  const keep = (tool: unknown) => {
    const names = toolNames(tool);
    if (room === 0 || !policy.allowToolCalling || !permits(names)) return false;
    room--;
    names.forEach((name) => kept.add(name));
    return true;
  };
  const tools = request.tools?.filter(keep) ?? [];
  const functions = request.functions?.filter(keep) ?? [];
  const search =
    isObject(request.web_search_options) &&
    room > 0 &&
    policy.allowToolCalling &&
    permits(WEB_SEARCH);
  const isGone = (names: string[]) => !names.some((name) => kept.has(name));
  return compose(request, {
    tools,
    functions,
    tool_choice: tools.length > 0 ? withoutTools(request.tool_choice, isGone) : undefined,
    function_call: functions.length > 0 ? withoutTools(request.function_call, isGone) : undefined,
    parallel_tool_calls: tools.length > 0 ? request.parallel_tool_calls : undefined,
    web_search_options: search ? request.web_search_options : undefined,
  });
}

/** Fields that are empty now are left out: an empty `tools` is an error to most upstreams. */
function compose(
  request: ChatRequest,
  left: Record<(typeof TOOL_FIELDS)[number], unknown>,
): ChatRequest {
  const rewritten: Record<string, unknown> = { ...request };
  for (const field of TOOL_FIELDS) {
    const value = left[field];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) {
      delete rewritten[field];
    } else {
      rewritten[field] = value;
    }
  }
  return rewritten as ChatRequest;
}
