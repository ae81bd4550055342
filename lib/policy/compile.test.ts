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

  it('puts fallbacks in order of priority, and has none while the chain is off', () => {
    const chain = [
      { provider: 'b', model: 'm', priority: 2 },
      { provider: 'a', model: 'm', priority: 1 },
    ];
    const fallbacksOf = (resiliencePolicy: object) =>
      compilePolicy(
        rolePolicySchema.parse({ resiliencePolicy: { fallbackChain: chain, ...resiliencePolicy } }),
      ).resiliencePolicy.fallbacks.map(({ provider }) => provider);
    expect(fallbacksOf({ enabled: true, fallbackEnabled: true })).toEqual(['a', 'b']);
    expect(fallbacksOf({ enabled: true })).toEqual([]);
    expect(fallbacksOf({ fallbackEnabled: true })).toEqual([]);
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
