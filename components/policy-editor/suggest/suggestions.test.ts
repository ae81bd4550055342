import { describe, expect, it } from 'vitest';
import {
  filterSuggestions,
  modelSuggestions,
  providerSuggestions,
  wildcardSuggestions,
} from './suggestions';

const connections = [
  { name: 'openai', kind: 'openai', models: [], enabled: true },
  { name: 'house', kind: 'openai-compatible', models: ['llama-3'], enabled: true },
  { name: 'old', kind: 'groq', models: ['mixtral'], enabled: false },
];
const catalogue = [
  { model: 'anthropic/claude-3-opus', inputPerMillion: '15', outputPerMillion: '75' },
  { model: 'openai/gpt-4o', inputPerMillion: '2.5', outputPerMillion: '10' },
  { model: 'openai/gpt-4-turbo', inputPerMillion: '10', outputPerMillion: '30' },
];
const all = modelSuggestions(connections, catalogue);
const values = (query: string, taken: string[] = []) =>
  filterSuggestions(all, query, new Set(taken)).map(({ value }) => value);

describe('modelSuggestions', () => {
  it("offers the tenant's own models first, then the catalogue, each once", () => {
    expect(all.map(({ value, group }) => [value, group])).toEqual([
      ['house/llama-3', 'Your connections'],
      ['openai/gpt-4o', 'Your connections'],
      ['openai/gpt-4-turbo', 'Your connections'],
      ['anthropic/claude-3-opus', 'Catalogue'],
    ]);
  });

  it('leaves out connections that are switched off and says what models cost', () => {
    expect(all.some(({ value }) => value.startsWith('old/'))).toBe(false);
    expect(all.find(({ value }) => value === 'openai/gpt-4o')?.hint).toBe('$2.5 / $10');
  });
});

describe('filterSuggestions', () => {
  it('finds every word anywhere, the beginnings first', () => {
    expect(values('gpt')).toEqual(['openai/gpt-4o', 'openai/gpt-4-turbo']);
    expect(values('turbo gpt')).toEqual(['openai/gpt-4-turbo']);
    expect(values('opus')).toEqual(['anthropic/claude-3-opus']);
  });

  it('does not offer what is already there', () => {
    expect(values('gpt', ['openai/gpt-4o'])).toEqual(['openai/gpt-4-turbo']);
  });

  it('stops at its limit', () => {
    expect(filterSuggestions(all, '', new Set(), 2)).toHaveLength(2);
  });
});

it('names connections, with wildcards for all their models', () => {
  expect(providerSuggestions(connections).map(({ value }) => value)).toEqual([
    'openai',
    'house',
    'old',
  ]);
  expect(wildcardSuggestions(connections)[0]?.value).toBe('openai/*');
});
