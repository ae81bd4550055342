import type { z } from 'zod';
import { type PolicyContext, policyIssues } from './cross-field';
import type { PolicyIssue } from './issue';
import { labelOf, policyErrorMap, unknownKey } from './messages';
import {
  emptyPolicy,
  POLICY_KINDS,
  POLICY_SECTIONS,
  type RolePolicy,
  rolePolicySchema,
} from './role-policy';

export type PolicyValidation =
  { ok: true; policy: RolePolicy } | { ok: false; issues: PolicyIssue[] };

/**
 * Parses a policy from outside and checks the rules between its fields. All faults are told at once:
 * sections that parse are checked against each other even when another does not.
 */
export function validateRolePolicy(input: unknown, context: PolicyContext = {}): PolicyValidation {
  const parsed = rolePolicySchema.safeParse(input, { error: policyErrorMap, reportInput: false });
  if (parsed.success) {
    const issues = policyIssues(parsed.data, context);
    return issues.length === 0 ? { ok: true, policy: parsed.data } : { ok: false, issues };
  }
  const issues = parsed.error.issues.flatMap(toIssues);
  return { ok: false, issues: [...issues, ...issuesOfSoundSections(input, context)] };
}

/** A zod issue with its path joined by dots; each unknown key is an issue of its own. */
function toIssues(issue: z.core.$ZodIssue): PolicyIssue[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: path.join('.'), message: named(issue) }];
  }
  return issue.keys.map((key) => ({
    path: [...path, key].join('.'),
    message: unknownKey(key, issue.path),
  }));
}

/** Schemas bring along messages that do not say which field they are about. */
function named({ message, path }: z.core.$ZodIssue): string {
  const label = labelOf(path);
  return message.startsWith(label) ? message : `${label}: ${message}`;
}

function issuesOfSoundSections(input: unknown, context: PolicyContext): PolicyIssue[] {
  if (typeof input !== 'object' || input === null) return [];
  const given = input as Record<string, unknown>;
  const policy: Record<string, unknown> = { ...emptyPolicy };
  const faulty = new Set<string>();
  for (const kind of POLICY_KINDS) {
    const section = POLICY_SECTIONS[kind].safeParse(given[kind] ?? {});
    if (section.success) policy[kind] = section.data;
    else faulty.add(kind);
  }
  return policyIssues(policy as RolePolicy, context).filter(
    ({ path }) => !faulty.has(path.split('.')[0] ?? ''),
  );
}
