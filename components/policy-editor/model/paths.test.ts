import { describe, expect, it } from 'vitest';
import { getAt, segmentsOf, setAt } from './paths';

const document = {
  rateLimitPolicy: { perModel: { 'gpt-3.5-turbo': { requestsPerMinute: 5 } } },
  budgetPolicy: { alertEmails: ['a@example.com'] },
};

describe('segmentsOf', () => {
  it('keeps a map key that holds dots in one piece', () => {
    expect(
      segmentsOf('rateLimitPolicy.perModel.gpt-3.5-turbo.requestsPerMinute', document),
    ).toEqual(['rateLimitPolicy', 'perModel', 'gpt-3.5-turbo', 'requestsPerMinute']);
  });

  it('reads places in lists', () => {
    expect(segmentsOf('budgetPolicy.alertEmails.0', document)).toEqual([
      'budgetPolicy',
      'alertEmails',
      '0',
    ]);
  });

  it('reads places the document does not have', () => {
    expect(segmentsOf('budgetPolicy.nothing.here', document)).toEqual([
      'budgetPolicy',
      'nothing',
      'here',
    ]);
  });
});

describe('setAt', () => {
  it('replaces one value and leaves the original as it was', () => {
    const changed = setAt(document, ['budgetPolicy', 'alertEmails', 0], 'b@example.com');
    expect(changed.budgetPolicy.alertEmails).toEqual(['b@example.com']);
    expect(document.budgetPolicy.alertEmails).toEqual(['a@example.com']);
    expect(changed.rateLimitPolicy).toBe(document.rateLimitPolicy);
  });
});

it('answers undefined past the end of a document', () => {
  expect(getAt(document, ['budgetPolicy', 'alertEmails', 0, 'x'])).toBeUndefined();
});
