import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile';
import { emptyPolicy, POLICY_KINDS, rolePolicySchema } from './role-policy';

describe('compiling a policy', () => {
  it('happens once for each document', () => {
    expect(compilePolicy(emptyPolicy)).toBe(compilePolicy(emptyPolicy));
    expect(compilePolicy(rolePolicySchema.parse({}))).not.toBe(compilePolicy(emptyPolicy));
  });

  it('covers every section and keeps its document', () => {
    const compiled = compilePolicy(emptyPolicy);
    for (const kind of POLICY_KINDS) expect(compiled[kind].policy).toBe(emptyPolicy[kind]);
  });

  it('compiles what the cache excludes', () => {
    const { cachingPolicy } = compilePolicy(
      rolePolicySchema.parse({
        cachingPolicy: { excludedModels: ['gpt-4*'], excludedPatterns: ['(?i)today', 'now$'] },
      }),
    );
    expect(cachingPolicy.excludesModel({ provider: 'openai', model: 'gpt-4o' })).toBe(true);
    expect(cachingPolicy.excludedPatterns.firstMatch('What is the date TODAY?')).toBe(0);
    expect(cachingPolicy.excludedPatterns.firstMatch('hello')).toBe(-1);
  });
});
