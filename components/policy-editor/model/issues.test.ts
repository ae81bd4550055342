import { describe, expect, it } from 'vitest';
import { emptyPolicy, type RolePolicy } from '@/lib/policy/role-policy';
import { findIssues, firstIssue } from './issues';
import { setAt, type Segments } from './paths';
import { errorsBelow, toErrorTree } from './resolver';

const withValue = (path: Segments, value: unknown): RolePolicy => setAt(emptyPolicy, path, value);

describe('findIssues', () => {
  it('finds nothing wrong with a policy in which all is off', () => {
    expect(findIssues(emptyPolicy)).toEqual([]);
  });

  it.each([
    [['cachingPolicy', 'ttlSeconds'], Number.NaN],
    [['cachingPolicy', 'ttlSeconds'], 1.5],
    [['resiliencePolicy', 'maxRetries'], 21],
  ])('finds the place of a fault in %j', (path, value) => {
    expect(findIssues(withValue(path, value)).map((issue) => issue.path)).toEqual([path]);
  });

  it('finds faults between fields, also beside a field that is wrong by itself', () => {
    const policy = setAt(
      withValue(['cachingPolicy', 'ttlSeconds'], 0),
      ['routingPolicy', 'weightedConfig', 'weights'],
      { openai: 60 },
    );
    expect(findIssues(policy).map((issue) => issue.path.join('.'))).toEqual([
      'cachingPolicy.ttlSeconds',
      'routingPolicy.weightedConfig.weights',
    ]);
  });

  it("keeps a map's key whole, whatever dots it holds", () => {
    const policy = withValue(['rateLimitPolicy', 'perModel'], {
      'gpt-3.5-turbo': { requestsPerMinute: -1, tokensPerMinute: 0 },
    });
    expect(findIssues(policy)[0]?.path).toEqual([
      'rateLimitPolicy',
      'perModel',
      'gpt-3.5-turbo',
      'requestsPerMinute',
    ]);
  });

  it("keeps a server's fault until its value changes", () => {
    const fault = {
      path: ['budgetPolicy', 'alertWebhook'],
      message: 'That host is private.',
      refused: 'https://10.0.0.1/',
    };
    const refused = withValue(fault.path, 'https://10.0.0.1/');
    expect(findIssues(refused, [fault])).toHaveLength(1);
    expect(findIssues(withValue(fault.path, 'https://example.com/'), [fault])).toEqual([]);
  });
});

it('goes to the first section first', () => {
  const issues = [
    { path: ['budgetPolicy', 'a'], message: '' },
    { path: ['toolPolicies', 'b'], message: '' },
    { path: ['budgetPolicy', 'c'], message: '' },
  ];
  expect(firstIssue(issues)?.path).toEqual(['toolPolicies', 'b']);
});

it('keeps map keys with dots whole in the tree of errors', () => {
  const issue = {
    path: ['rateLimitPolicy', 'perModel', 'gpt-3.5-turbo', 'requestsPerMinute'],
    message: 'Write a number.',
  };
  expect(errorsBelow(toErrorTree([issue]))).toEqual([issue]);
});
