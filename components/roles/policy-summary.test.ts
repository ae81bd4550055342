import { describe, expect, it } from 'vitest';
import { emptyPolicy, POLICY_KINDS } from '@/lib/policy/role-policy';
import { durationWords, summarizeSection } from './policy-summary';

describe('summarizeSection', () => {
  it('has words for every section, also for the neutral policy', () => {
    for (const kind of POLICY_KINDS) {
      for (const phrase of summarizeSection(kind, emptyPolicy[kind])) {
        expect(phrase).toMatch(/^\S.*\S$/);
        expect(phrase).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('says limits that are set and leaves out those that are 0', () => {
    const phrases = summarizeSection('rateLimitPolicy', {
      ...emptyPolicy.rateLimitPolicy,
      requestsPerMinute: 3000,
      scope: 'key',
    });
    expect(phrases).toEqual(['3,000 requests a minute', 'Counted for each key']);
  });

  it('keeps every digit of a budget', () => {
    const phrases = summarizeSection('budgetPolicy', {
      ...emptyPolicy.budgetPolicy,
      dailyLimitUSD: 0.0000000001,
      monthlyLimitUSD: 10000,
    });
    expect(phrases).toEqual(['$0.0000000001 a day', '$10,000 a month', 'Blocks at the limit']);
  });

  it('names two of a long list and counts the rest', () => {
    const phrases = summarizeSection('modelRestrictions', {
      ...emptyPolicy.modelRestrictions,
      allowedModels: ['gpt-4o', 'gpt-4o-mini', 'claude-3-opus', 'gemini-pro'],
    });
    expect(phrases).toEqual(['Only gpt-4o, gpt-4o-mini and 2 more']);
  });
});

describe('durationWords', () => {
  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [90_061, '1 d 1 h'],
  ])('writes %d seconds as %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
