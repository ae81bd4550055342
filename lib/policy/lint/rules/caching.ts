import { compileCachingPolicy } from '../../caching/compile';
import type { LintRule } from '../finding';
import { defaultModelOf, permittedTargets, routedModels } from '../targets';
import { matchesNothing } from './prompt';
import { mayCallTools } from './tool';

const section = 'cachingPolicy';
const LOOSE_SIMILARITY = 0.85;
const THIRTY_DAYS_S = 30 * 86_400;

export const cachingRules: LintRule[] = [
  {
    id: 'cache-excludes-all',
    severity: 'warning',
    section,
    title: 'A cache that excludes every model in use',
    why: 'Every request bypasses the cache: it costs a look and never saves one.',
    *check(policy, facts) {
      const { cachingPolicy: caching, routingPolicy } = policy;
      if (!caching.enabled || caching.excludedModels.length === 0) return;
      const { excludesModel } = compileCachingPolicy(caching);
      const names = [
        ...routedModels(policy).map(({ name }) => name),
        defaultModelOf(policy),
      ].filter((name) => name !== '');
      const targets = names.flatMap(
        (name) => permittedTargets(policy, name, facts) ?? [split(name)],
      );
      const everything = caching.excludedModels.includes('*');
      // Which models an explicit request names is not known, unless routing overrides them all.
      const known = routingPolicy.enabled && !routingPolicy.allowModelOverride;
      if (!everything && !(known && targets.length > 0 && targets.every(excludesModel))) return;
      yield {
        path: `${section}.excludedModels`,
        message: everything
          ? 'The wildcard * excludes every model from the cache.'
          : `All ${targets.length} models that routing can choose are excluded from the cache.`,
        remedy: 'Take at least one model out of the exclusions, or switch the cache off.',
      };
    },
  },
  {
    id: 'cache-pattern-excludes-all',
    severity: 'warning',
    section,
    title: 'An excluded pattern that matches every prompt',
    why: 'A pattern that matches the empty text is found in every prompt, so nothing is ever cached.',
    *check({ cachingPolicy: { enabled, excludedPatterns } }) {
      if (!enabled) return;
      for (const [index, pattern] of excludedPatterns.entries()) {
        if (!matchesNothing(pattern)) continue;
        yield {
          path: `${section}.excludedPatterns.${index}`,
          message: `The pattern ${pattern} also matches an empty text, so every prompt bypasses the cache.`,
          remedy: 'Make it match at least one character, or take it out.',
        };
      }
    },
  },
  {
    id: 'cache-tool-calls-blocked',
    severity: 'info',
    section,
    title: 'Tool calls are cached, and never made',
    why: 'The tool policy refuses every tool, so there is no such answer to keep.',
    *check(policy) {
      const { enabled, cacheToolCalls } = policy.cachingPolicy;
      if (!enabled || !cacheToolCalls || mayCallTools(policy)) return;
      yield {
        path: `${section}.cacheToolCalls`,
        message:
          'Answers with tool calls are to be cached, but the tool policy forbids tool calling.',
        remedy: 'Switch it off, or allow tool calling.',
      };
    },
  },
  {
    id: 'cache-similarity-low',
    severity: 'warning',
    section,
    title: 'A similarity threshold that mixes up questions',
    why: 'Below about 0.85 sentences about the same thing count as the same question, and one gets the answer of the other.',
    *check({ cachingPolicy: { enabled, similarityThreshold } }) {
      if (!enabled || similarityThreshold >= LOOSE_SIMILARITY) return;
      yield {
        path: `${section}.similarityThreshold`,
        message: `At ${similarityThreshold}, different questions can be given the same answer.`,
        remedy: `Raise it to ${LOOSE_SIMILARITY} or more; 0.95 is the default.`,
      };
    },
  },
  {
    id: 'cache-ttl-long',
    severity: 'info',
    section,
    title: 'Answers are kept for more than a month',
    why: 'A model that was improved, or a fact that changed, does not reach those who ask the same again.',
    *check({ cachingPolicy: { enabled, ttlSeconds } }) {
      if (!enabled || ttlSeconds <= THIRTY_DAYS_S) return;
      yield {
        path: `${section}.ttlSeconds`,
        message: `Answers may be given again for ${Math.round(ttlSeconds / 86_400)} days.`,
        remedy: 'Shorten the time to 30 days or less, unless answers never go out of date.',
      };
    },
  },
];

function split(name: string): { provider: string; model: string } {
  const slash = name.indexOf('/');
  return { provider: name.slice(0, Math.max(0, slash)), model: name.slice(slash + 1) };
}
