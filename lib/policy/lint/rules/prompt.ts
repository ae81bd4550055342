import { RE2JS } from 're2js';
import type { LintRule } from '../finding';
import { mayCallTools } from './tool';

const section = 'promptPolicies';

export const promptRules: LintRule[] = [
  {
    id: 'prompt-without-checks',
    severity: 'warning',
    section,
    title: 'Prompt checks are on, and none is set',
    why: 'The section looks like protection and lets every prompt pass.',
    *check({ promptPolicies: p }) {
      const limits =
        p.maxPromptChars + p.maxPromptTokens + p.maxMessages + p.blockedPatterns.length;
      const { normalizeUnicode, stripInvisible } = p.sanitize;
      if (!p.enabled || limits > 0 || p.injection.enabled || p.pii.enabled) return;
      if (normalizeUnicode || stripInvisible) return;
      yield {
        path: `${section}.enabled`,
        message: 'Prompt checks are on, but no limit, detector or pattern is set.',
        remedy: 'Set at least one check, or switch the section off.',
      };
    },
  },
  {
    id: 'pattern-blocks-everything',
    severity: 'error',
    section,
    title: 'A blocked pattern that matches every prompt',
    why: 'A pattern that matches the empty text is found in every prompt, so every request is refused with 400 blocked_content.',
    *check({ promptPolicies: { enabled, blockedPatterns } }) {
      if (!enabled) return;
      for (const [index, pattern] of blockedPatterns.entries()) {
        if (!matchesNothing(pattern)) continue;
        yield {
          path: `${section}.blockedPatterns.${index}`,
          message: `The pattern ${pattern} also matches an empty text, so it refuses every prompt.`,
          remedy: 'Make it match at least one character, e.g. + instead of *.',
        };
      }
    },
  },
  {
    id: 'pii-without-entities',
    severity: 'warning',
    section,
    title: 'Detection of personal data looks for nothing',
    why: 'With an empty list of entities the detector is on and finds nothing.',
    *check({ promptPolicies: { enabled, pii } }) {
      if (!enabled || !pii.enabled || pii.entities.length > 0) return;
      yield {
        path: `${section}.pii.entities`,
        message: 'Personal data is to be detected, but no kind of it is listed.',
        remedy: 'List the entities to look for, or switch the detection off.',
      };
    },
  },
  {
    id: 'pii-redact-without-restore',
    severity: 'warning',
    section,
    title: 'Personal data is redacted and never put back',
    why: 'An answer or a tool call that repeats a redacted value shows a placeholder such as [EMAIL_1] to the user or to the tool.',
    *check(policy) {
      const { enabled, pii } = policy.promptPolicies;
      if (!enabled || !pii.enabled || pii.action !== 'redact' || pii.restoreInResponse) return;
      const reader = mayCallTools(policy) ? 'users and tools' : 'users';
      yield {
        path: `${section}.pii.restoreInResponse`,
        message: `Redacted values stay placeholders in answers, so ${reader} get [EMAIL_1] where the answer repeats a value.`,
        remedy: 'Switch "Restore in answers" on, unless placeholders are what readers should see.',
      };
    },
  },
  {
    id: 'pii-restore-without-redact',
    severity: 'info',
    section,
    title: 'Restoring without redacting',
    why: 'Only redaction leaves placeholders that could be put back.',
    *check({ promptPolicies: { enabled, pii } }) {
      if (!enabled || !pii.enabled || pii.action === 'redact' || !pii.restoreInResponse) return;
      yield {
        path: `${section}.pii.restoreInResponse`,
        message: `"Restore in answers" has no effect while the action is ${pii.action}.`,
        remedy: 'Choose the action redact, or switch the restoring off.',
      };
    },
  },
  {
    id: 'injection-skips-tool-results',
    severity: 'warning',
    section,
    title: 'Tool results are not searched for injection',
    why: 'What a tool brings back - a web page, a mail - is where indirect prompt injection comes from.',
    *check(policy) {
      const { enabled, injection } = policy.promptPolicies;
      if (!enabled || !injection.enabled || injection.scanToolResults) return;
      if (!mayCallTools(policy)) return;
      yield {
        path: `${section}.injection.scanToolResults`,
        message:
          'Tools may be called, but their results are not searched for injected instructions.',
        remedy: 'Switch "Scan tool results" on, or forbid tool calling.',
      };
    },
  },
  {
    id: 'checks-without-sanitising',
    severity: 'info',
    section,
    title: 'Text checks without sanitising',
    why: 'Zero-width and look-alike characters hide words from patterns and from models that block by wording.',
    *check({ promptPolicies: { enabled, sanitize, blockedPatterns } }) {
      if (!enabled || blockedPatterns.length === 0) return;
      if (sanitize.normalizeUnicode && sanitize.stripInvisible) return;
      yield {
        path: `${section}.sanitize.${sanitize.normalizeUnicode ? 'stripInvisible' : 'normalizeUnicode'}`,
        message: 'Blocked patterns can be dodged with invisible or look-alike characters.',
        remedy: 'Switch on "Normalise Unicode" and "Strip invisible characters".',
      };
    },
  },
];

/** Whether an RE2 pattern is found in a text without characters, and so in every text. */
export function matchesNothing(pattern: string): boolean {
  return RE2JS.compile(pattern).test('');
}
