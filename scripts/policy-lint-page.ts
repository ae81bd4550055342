import { SECTION_TITLES } from '@/lib/policy/labels';
import type { LintRule } from '@/lib/policy/lint/finding';
import { LINT_RULES } from '@/lib/policy/lint/rules';
import { CASES } from '@/lib/policy/lint/testing/cases';
import { lintPolicy } from '@/lib/policy/lint/lint';
import { POLICY_KINDS, rolePolicySchema, type PolicyKind } from '@/lib/policy/role-policy';

const INTRODUCTION = `# Policy linting

A policy can be valid and still not do what was meant. The linter reads a whole policy and tells what is
worth a second look, each with the field it is about and a way out:

- in the policy editor, for the form as it stands, saved or not: a count on each tab, and a panel whose
  entries lead to the field;
- \`POST /api/tenants/{tenant}/roles/{role}/policy/lint\` with \`{"policy": …}\`, or \`{}\` for the saved one;
- \`npx rolegate lint\`, over files, without a server (see [policies as code](policies-as-code.md)).

| severity | meaning |
| --- | --- |
| error | requests will be refused, or a setting is plainly broken |
| warning | probably not what was meant |
| info | a setting without effect, or one worth a second look |

Findings never keep a policy from being saved; \`rolegate lint\` ends with 1 when there is an error (with
\`--strict\` also for warnings). Rules that need to know a tenant's connections, its prices or the server's
settings are silent where those are not known. Sections that are off are not judged.

<!-- Generated from the rules in lib/policy/lint by \`npm run docs\`; the examples are those of their tests. -->
`;

/** The whole page, from the rules and an example that each finds. */
export function renderPolicyLint(): string {
  return [INTRODUCTION, ...POLICY_KINDS.flatMap(renderSection)].join('\n');
}

function renderSection(kind: PolicyKind): string[] {
  const rules = LINT_RULES.filter(({ section }) => section === kind);
  if (rules.length === 0) return [];
  return [`## ${SECTION_TITLES[kind]}\n`, ...rules.map(renderRule)];
}

function renderRule(rule: LintRule): string {
  const { message, remedy, path } = exampleOf(rule);
  return `### \`${rule.id}\`

**${rule.title}** (${rule.severity}). ${rule.why}

> \`${path}\`: ${message} ${remedy}
`;
}

function exampleOf({ id }: LintRule) {
  const example = CASES[id]?.finds;
  const policy = rolePolicySchema.parse(example?.policy ?? {});
  const finding = lintPolicy(policy, example?.facts).find(({ rule }) => rule === id);
  if (!finding) throw new Error(`The rule ${id} has no example that it finds.`);
  return finding;
}
