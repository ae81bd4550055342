import type { ChatRequest } from '@/lib/openai/wire';
import type { CompiledPolicy } from '../compile';
import type { Decision, Deny, Findings, WarningCode } from '../decision';
import type { CompiledPromptPolicy } from './compile';
import type { PlaceholderVault } from '@/lib/pii/redact/vault';
import type { DetectPii } from '@/lib/pii/detect';
import { checkInjection } from './injection/check';
import type { Detection } from './injection/detect';
import { checkPii } from './pii/check';
import { sanitizeText } from './sanitize';
import { mapRequestTexts, visitRequestTexts } from './text';

/** What the checks need from outside. */
export type PromptTools = {
  /** Estimated tokens of all messages and tools of a request. Asked only when a limit is set. */
  countTokens(request: ChatRequest): number;
  /** Takes what redaction replaces, for restoring it in the answer. */
  vault?: PlaceholderVault;
  /** The detectors, where they are asked by way of something that remembers. */
  detectPii?: DetectPii;
  detectInjection?: (text: string) => Detection;
};

/** One check of a prompt. A rewrite goes on to the checks after it. */
export type PromptCheck = {
  name: string;
  check(
    compiled: CompiledPromptPolicy,
    request: ChatRequest,
    tools: PromptTools,
  ): Decision<ChatRequest>;
};

const allow = (reason: string) => ({ verdict: 'allow', reason }) as const;
const skip = (reason: string) => ({ verdict: 'skip', reason }) as const;

const sanitize: PromptCheck = {
  name: 'sanitize',
  check({ policy }, request) {
    const options = policy.sanitize;
    if (!options.normalizeUnicode && !options.stripInvisible) return skip('sanitising is off');
    const value = mapRequestTexts(request, (text) => sanitizeText(text, options));
    if (value === request) return allow('nothing to sanitise');
    return { verdict: 'rewrite', value, reason: 'sanitised', warnings: [] };
  },
};

const messageLimit: PromptCheck = {
  name: 'maxMessages',
  check({ policy: { maxMessages } }, { messages }) {
    if (maxMessages === 0) return skip('no limit on messages');
    if (messages.length <= maxMessages) return allow(`${messages.length} messages`);
    return refuse(
      'too_many_messages',
      `The request has ${messages.length} messages; this key may send at most ${maxMessages}. Leave out or summarise earlier turns.`,
      `${messages.length} messages exceed maxMessages ${maxMessages}`,
    );
  },
};

const charLimit: PromptCheck = {
  name: 'maxPromptChars',
  check({ policy: { maxPromptChars } }, request) {
    if (maxPromptChars === 0) return skip('no limit on characters');
    const chars = countChars(request);
    if (chars <= maxPromptChars) return allow(`${chars} characters`);
    return refuse(
      'prompt_too_long',
      `The prompt has ${chars} characters; this key may send at most ${maxPromptChars}. Shorten the messages.`,
      `${chars} characters exceed maxPromptChars ${maxPromptChars}`,
    );
  },
};

const tokenLimit: PromptCheck = {
  name: 'maxPromptTokens',
  check({ policy: { maxPromptTokens } }, request, { countTokens }) {
    if (maxPromptTokens === 0) return skip('no limit on tokens');
    const tokens = countTokens(request);
    if (tokens <= maxPromptTokens) return allow(`${tokens} tokens`);
    return refuse(
      'prompt_too_long',
      `The prompt has about ${tokens} tokens; this key may send at most ${maxPromptTokens}. Shorten the messages or offer fewer tools.`,
      `${tokens} tokens exceed maxPromptTokens ${maxPromptTokens}`,
    );
  },
};

const blockedPatterns: PromptCheck = {
  name: 'blockedPatterns',
  check({ blockedPatterns: patterns }, request) {
    if (patterns.size === 0) return skip('no blocked patterns');
    for (const { text, path } of searchedTexts(request)) {
      const index = patterns.firstMatch(text);
      if (index < 0) continue;
      return refuse(
        'blocked_content',
        `The request contains text that this key may not send (blocked pattern ${index + 1}, in ${path}). Remove it and try again.`,
        `blockedPatterns.${index} found in ${path}`,
      );
    }
    return allow('no blocked pattern found');
  },
};

/**
 * The checks in the order in which they are made. Sanitising is first, since every other check reads
 * what it leaves; detection of injection and of personal data is at the end, in this order, so that both
 * read original values and the cheap limits have already bounded their work.
 */
export const PROMPT_CHECKS: readonly PromptCheck[] = [
  sanitize,
  messageLimit,
  charLimit,
  tokenLimit,
  blockedPatterns,
  {
    name: 'injection',
    check: (compiled, request, { detectInjection }) =>
      checkInjection(compiled, request, detectInjection),
  },
  {
    name: 'pii',
    check: (compiled, request, { vault, detectPii }) =>
      checkPii(compiled, request, vault, detectPii),
  },
];

/**
 * Checks a whole prompt: all messages, not only the last. Answers a rewrite when what goes upstream
 * differs from what came in; a request that nothing changed is never copied.
 */
export function checkPrompt(
  compiled: CompiledPolicy,
  request: ChatRequest,
  tools: PromptTools,
  checks: readonly PromptCheck[] = PROMPT_CHECKS,
): Decision<ChatRequest> {
  const section = compiled.promptPolicies;
  if (!section.policy.enabled) return skip('prompt checks are off');
  let value = request;
  const warnings = new Set<WarningCode>();
  const reasons: string[] = [];
  let findings: Findings | undefined;
  for (const { check } of checks) {
    const decision = check(section, value, tools);
    if (decision.verdict === 'skip') continue;
    if (decision.findings) findings = { ...findings, ...decision.findings };
    if (decision.verdict === 'deny') return findings ? { ...decision, findings } : decision;
    reasons.push(decision.reason);
    decision.warnings?.forEach((warning) => warnings.add(warning));
    if (decision.verdict === 'rewrite') value = decision.value;
  }
  const reason = reasons.join('; ') || 'no check is on';
  const found = { reason, warnings: [...warnings], ...(findings ? { findings } : {}) };
  return value === request
    ? { verdict: 'allow', ...found }
    : { verdict: 'rewrite', value, ...found };
}

/**
 * Unicode code points of everything that messages say: contents, names, tool calls and tool results.
 * Tool definitions, images and files are not counted.
 */
function countChars(request: ChatRequest): number {
  let chars = 0;
  visitRequestTexts({ messages: request.messages }, (text) => {
    chars += codePoints(text);
  });
  return chars;
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if (text.charCodeAt(index) >> 10 !== 0x36) continue;
    if (text.charCodeAt(index + 1) >> 10 === 0x37) pairs++;
  }
  return text.length - pairs;
}

/**
 * Every text; contents in several parts also read as one, and the arguments of tool calls also as the
 * JSON they are, so that a pattern may span parts, or a key and its value.
 */
function searchedTexts(request: ChatRequest): { text: string; path: string }[] {
  const found: { text: string; path: string }[] = [];
  const contents = new Map<number, string[]>();
  visitRequestTexts(request, (text, { path, kind, message }) => {
    found.push({ text, path });
    if (kind !== 'content' || message === null) return;
    const parts = contents.get(message);
    if (parts) parts.push(text);
    else contents.set(message, [text]);
  });
  request.messages.forEach(({ tool_calls: calls }, message) => {
    for (const call of calls ?? []) {
      const text = call.function?.arguments;
      if (text) found.push({ text, path: `messages[${message}].tool_calls` });
    }
  });
  for (const [message, parts] of contents) {
    if (parts.length > 1)
      found.push({ text: parts.join(''), path: `messages[${message}].content` });
  }
  return found;
}

function refuse(
  code: 'too_many_messages' | 'prompt_too_long' | 'blocked_content',
  message: string,
  reason: string,
): Deny {
  return { verdict: 'deny', code, message, param: 'messages', reason };
}
