import { describe, expect, it } from 'vitest';
import { lintPolicy } from '@/lib/policy/lint/lint';
import { type RolePolicyInput, rolePolicySchema } from '@/lib/policy/role-policy';
import { renderEditor } from './testing/editor';

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const POLICY: RolePolicyInput = {
  toolPolicies: { enabled: true, allowToolCalling: false, allowedTools: ['read'] },
  budgetPolicy: { enabled: true, weeklyLimitUSD: 20, monthlyLimitUSD: 10, alertThreshold: 1 },
};

describe('findings in the editor', () => {
  it('marks the tabs of sections with errors or warnings, and says so in words', () => {
    const html = renderEditor(POLICY, lintPolicy(rolePolicySchema.parse(POLICY)));
    const tab = (kind: string) => {
      const start = html.indexOf(`data-tab="${kind}"`);
      return html.slice(start, html.indexOf('</button>', start));
    };
    expect(tab('budgetPolicy')).toMatch(/data-tab-findings="[2-9]"/);
    expect(textOf(tab('budgetPolicy'))).toMatch(/, on, \d findings/);
    // What it has is a remark only.
    expect(tab('toolPolicies')).not.toContain('data-tab-findings');
    expect(tab('cachingPolicy')).not.toContain('data-tab-findings');
  });

  it('lists what was found with the way out, the open section first', () => {
    const html = renderEditor(POLICY, lintPolicy(rolePolicySchema.parse(POLICY)));
    const panel = html.slice(html.indexOf('data-findings='));
    const rules = [...panel.matchAll(/data-finding="([\w-]+)"/g)].map(([, rule]) => rule);
    expect(rules[0]).toBe('tool-lists-while-forbidden');
    expect(rules).toContain('budget-short-above-long');
    expect(textOf(panel)).toContain(
      'The weekly limit ($20) is above the monthly one ($10). Lower the weekly limit, or raise the monthly one.',
    );
  });

  it('says that there is nothing to remark', () => {
    expect(textOf(renderEditor({}, []))).toContain('Nothing to remark');
  });

  it('puts errors first where the policy is not valid', () => {
    const html = renderEditor({ resiliencePolicy: { retryBackoffMs: 9, retryBackoffMax: 1 } }, []);
    expect(textOf(html)).toContain('Correct the errors first');
  });
});
