import { describe, expect, it } from 'vitest';
import { fieldAt } from '../walk';
import { type RolePolicyInput, rolePolicySchema } from '../role-policy';
import { defaultPoliciesForTier, TIERS } from '../tiers';
import type { LintFacts } from './facts';
import { lintPolicy } from './lint';
import { LINT_RULES } from './rules';
import { CASES, facts } from './testing/cases';

function lint(policy: RolePolicyInput, known: LintFacts = {}) {
  return lintPolicy(rolePolicySchema.parse(policy), known);
}

describe('the rules', () => {
  it('are at least 25, each with a name of its own and a case of its own', () => {
    const ids = LINT_RULES.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(25);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(CASES).sort()).toEqual([...ids].sort());
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });

  it.each(LINT_RULES)('$id finds what it is for, at a field there is, with a way out', (rule) => {
    const { policy, facts: known, path } = CASES[rule.id]!.finds;
    const own = lint(policy, known).filter((finding) => finding.rule === rule.id);
    expect(own.map((finding) => finding.path)).toEqual([path].flat());
    for (const finding of own) {
      expect(finding.severity).toBe(rule.severity);
      expect(finding.message).toMatch(/^.{10,300}\.$/);
      expect(finding.remedy).toMatch(/^.{10,200}\.$/);
      const segments = finding.path
        .split('.')
        .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      expect(fieldAt(segments), finding.path).toBeDefined();
    }
  });

  it.each(LINT_RULES)('$id is silent where nothing is wrong', (rule) => {
    for (const { policy, facts: known } of CASES[rule.id]!.silent) {
      const own = lint(policy, known).filter((finding) => finding.rule === rule.id);
      expect(own).toEqual([]);
    }
  });

  it.each(LINT_RULES)('$id says nothing of sections that are off', (rule) => {
    // Its own subject is a setting left in a section that is off.
    if (rule.id === 'default-model-off') return expect(rule.section).toBe('modelRestrictions');
    const { policy, facts: known } = CASES[rule.id]!.finds;
    const off = Object.fromEntries(
      Object.entries(policy).map(([kind, section]) => [kind, { ...section, enabled: false }]),
    ) as RolePolicyInput;
    expect(lint(off, known).filter((finding) => finding.rule === rule.id)).toEqual([]);
  });
});

describe('linting', () => {
  it('says nothing of an empty policy', () => {
    expect(lint({}, facts())).toEqual([]);
  });

  it('finds no error in the policies that tenants start from, whatever is known', () => {
    for (const tier of TIERS) {
      const findings = lintPolicy(defaultPoliciesForTier(tier));
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('tells findings by section, the gravest first', () => {
    const findings = lint(
      {
        resiliencePolicy: {
          enabled: true,
          retryEnabled: true,
          retryJitter: false,
          fallbackEnabled: true,
          fallbackChain: [{ provider: 'nobody', model: 'm', priority: 1 }],
        },
        promptPolicies: { enabled: true },
      },
      facts(),
    );
    expect(findings.map(({ rule }) => rule)).toEqual([
      'prompt-without-checks',
      'fallback-unreachable',
      'fallback-same-provider',
      'retry-without-jitter',
    ]);
  });

  it('stays silent on what it would need to know', () => {
    const unserved: RolePolicyInput = {
      modelRestrictions: { enabled: true, defaultModel: 'nobody/nothing' },
    };
    expect(lint(unserved).map(({ rule }) => rule)).toEqual([]);
    expect(lint(unserved, facts()).map(({ rule }) => rule)).toEqual(['default-model-unserved']);
  });
});
