import { describe, expect, it } from 'vitest';
import { differences } from './compare';

const RECEIPT = {
  status: 200,
  model: 'small',
  warnings: ['pii_redacted', 'max_tokens_clamped'],
  stages: { tools: { verdict: 'deny', reason: 'tool calling is off' } },
  costUsd: null,
};

describe('comparing a receipt with what was expected', () => {
  it('counts only what is named', () => {
    expect(differences({}, RECEIPT)).toEqual([]);
    expect(differences({ status: 200, stages: { tools: { verdict: 'deny' } } }, RECEIPT)).toEqual(
      [],
    );
    expect(differences({ costUsd: null }, RECEIPT)).toEqual([]);
  });

  it('tells each part that differs, with its path', () => {
    expect(
      differences(
        { status: 403, model: 'small', stages: { tools: { verdict: 'allow' } } },
        RECEIPT,
      ),
    ).toEqual([
      { path: 'status', expected: 403, received: 200 },
      { path: 'stages.tools.verdict', expected: 'allow', received: 'deny' },
    ]);
    expect(differences({ stages: { cache: { verdict: 'skip' } } }, RECEIPT)).toEqual([
      { path: 'stages.cache', expected: { verdict: 'skip' }, received: null },
    ]);
    expect(differences({ code: null }, { code: 'x' })).toHaveLength(1);
    expect(differences({ status: '200' }, RECEIPT)).toHaveLength(1);
  });

  it('looks for the entries of a list in any place', () => {
    expect(differences({ warnings: ['max_tokens_clamped'] }, RECEIPT)).toEqual([]);
    expect(differences({ warnings: ['budget_alert', 'pii_redacted'] }, RECEIPT)).toEqual([
      { path: 'warnings[0]', expected: 'budget_alert', received: RECEIPT.warnings },
    ]);
  });

  it('takes another value, or a part of a text, where it is asked to', () => {
    expect(differences({ model: { not: 'large' } }, RECEIPT)).toEqual([]);
    expect(differences({ model: { not: 'small' } }, RECEIPT)).toHaveLength(1);
    expect(differences({ stages: { tools: { reason: { matches: 'is off' } } } }, RECEIPT)).toEqual(
      [],
    );
    expect(
      differences({ stages: { tools: { reason: { matches: 'is on' } } } }, RECEIPT),
    ).toHaveLength(1);
    expect(differences({ status: { matches: '20' } }, RECEIPT)).toHaveLength(1);
  });
});
