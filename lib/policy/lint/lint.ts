import { POLICY_KINDS, type RolePolicy } from '../role-policy';
import type { LintFacts } from './facts';
import { type Finding, SEVERITIES } from './finding';
import { LINT_RULES } from './rules';

/**
 * What is legal in a policy but probably not meant. The policy must be valid; faults are
 * `validateRolePolicy`'s business. Findings stand in the order of sections, the gravest first.
 */
export function lintPolicy(policy: RolePolicy, facts: LintFacts = {}): Finding[] {
  const findings = LINT_RULES.flatMap(({ id, severity, check }) =>
    [...check(policy, facts)].map((remark) => ({ rule: id, severity, ...remark })),
  );
  return findings.sort(
    (a, b) => sectionOf(a) - sectionOf(b) || gravity(a.severity) - gravity(b.severity),
  );
}

const sectionOf = ({ path }: Finding) =>
  POLICY_KINDS.findIndex((kind) => path.startsWith(`${kind}.`));
const gravity = (severity: Finding['severity']) => SEVERITIES.indexOf(severity);
