import type { PolicyKind, RolePolicy } from '../role-policy';
import type { LintFacts } from './facts';

/**
 * `error`: requests will be refused or a setting is plainly broken; `warning`: probably not what was
 * meant; `info`: a setting without effect, or one worth a second look.
 */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule found at one place of a policy. */
export type Remark = {
  /** Keys from the document's root joined by dots, as in `PolicyIssue`. */
  path: string;
  message: string;
  /** A way out, as an instruction. */
  remedy: string;
};

/** A remark and the rule that made it. */
export type Finding = { rule: string; severity: Severity } & Remark;

/** One rule. `check` is pure; what it cannot know for want of a fact it does not complain about. */
export type LintRule = {
  /** Stable name, kebab-case: scripts and the documentation refer to it. */
  id: string;
  severity: Severity;
  /** The section whose tab shows the findings. */
  section: PolicyKind;
  /** What is found, as a phrase. */
  title: string;
  /** What goes wrong if nothing is done. */
  why: string;
  check(policy: RolePolicy, facts: LintFacts): Iterable<Remark>;
};
