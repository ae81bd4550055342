import { describe, expect, it } from 'vitest';
import type { Finding } from '@/lib/policy/lint/finding';
import { countsInWords, findingsBySection, markedFindings } from './by-section';

const finding = (path: string, severity: Finding['severity'] = 'warning'): Finding => ({
  rule: 'a-rule',
  severity,
  path,
  message: 'Something.',
  remedy: 'Do something.',
});
const FINDINGS = [
  finding('promptPolicies.enabled'),
  finding('budgetPolicy.enabled', 'error'),
  finding('budgetPolicy.alertEmails', 'info'),
];

describe('the findings panel', () => {
  it('puts the open section first and keeps the editor’s order for the others', () => {
    expect(findingsBySection(FINDINGS, 'budgetPolicy').map(({ kind }) => kind)).toEqual([
      'budgetPolicy',
      'promptPolicies',
    ]);
    expect(findingsBySection(FINDINGS, 'toolPolicies').map(({ kind }) => kind)).toEqual([
      'promptPolicies',
      'budgetPolicy',
    ]);
  });

  it('marks a tab for errors and warnings, not for remarks', () => {
    expect(markedFindings(FINDINGS, 'budgetPolicy')).toBe(1);
    expect(markedFindings(FINDINGS, 'cachingPolicy')).toBe(0);
  });

  it('counts in words', () => {
    expect(countsInWords(FINDINGS)).toBe('1 error, 1 warning, 1 remark');
    expect(countsInWords([...FINDINGS, finding('x')])).toBe('1 error, 2 warnings, 1 remark');
    expect(countsInWords([])).toBe('');
  });
});
