import type { Deny } from '../decision';

export function toolsNotAllowed(param: string | null): Deny {
  return {
    verdict: 'deny',
    code: 'tools_not_allowed',
    message: 'This key may not use tools. Leave out tools, functions and the choice of them.',
    param,
    reason: 'allowToolCalling is off',
  };
}

export function toolNotAllowed(name: string, param: string | null): Deny {
  return {
    verdict: 'deny',
    code: 'tool_not_allowed',
    message: `This key may not use the tool ${shorten(name)}. Leave it out, or ask an administrator to permit it.`,
    param,
    reason: `tool ${shorten(name)} is not permitted`,
  };
}

export function tooManyTools(count: number, max: number): Deny {
  return {
    verdict: 'deny',
    code: 'too_many_tools',
    message: `The request offers ${count} tools; this key may offer at most ${max}. Offer fewer.`,
    param: 'tools',
    reason: `${count} tools exceed maxToolsPerRequest ${max}`,
  };
}

export function answerUsesTools(): Deny {
  return {
    ...toolsNotAllowed(null),
    message: 'The model called a tool, which this key may not do. The answer was withheld.',
  };
}

export function answerCallsTool(name: string): Deny {
  return {
    ...toolNotAllowed(name, null),
    message: `The model called the tool ${shorten(name)}, which this key may not use. The call was withheld.`,
  };
}

export function tooManyCalls(max: number): Deny {
  return {
    verdict: 'deny',
    code: 'too_many_tools',
    message: `The model made more than ${max} tool calls in one answer, the most this key may have. Ask for fewer steps at a time.`,
    param: null,
    reason: `more calls than maxToolCallsPerResponse ${max}`,
  };
}

/** Names come from clients and models: what is shown of one stays short and on one line. */
function shorten(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > 64 ? `${line.slice(0, 64)}…` : line;
}
