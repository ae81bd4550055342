import { compileModels } from '../../model/match';
import type { LintRule } from '../finding';
import { defaultModelOf, fallbacksInForce, permittedTargets, routedModels } from '../targets';

const section = 'rateLimitPolicy';

/** Limits of one kind from the shortest window to the longest, with the windows' lengths in minutes. */
const SERIES = [
  [
    { field: 'requestsPerMinute', minutes: 1 },
    { field: 'requestsPerHour', minutes: 60 },
    { field: 'requestsPerDay', minutes: 1440 },
  ],
  [
    { field: 'tokensPerMinute', minutes: 1 },
    { field: 'tokensPerHour', minutes: 60 },
    { field: 'tokensPerDay', minutes: 1440 },
  ],
] as const;

export const rateLimitRules: LintRule[] = [
  {
    id: 'rate-limit-without-limits',
    severity: 'warning',
    section,
    title: 'Rate limiting is on, and no limit is set',
    why: 'The section looks like protection and lets every rate pass.',
    *check({ rateLimitPolicy: r }) {
      const limits = SERIES.flat().map(({ field }) => r[field]);
      const others = [r.maxConcurrentRequests, Object.keys(r.perModel).length];
      if (!r.enabled || [...limits, ...others].some((limit) => limit > 0)) return;
      yield {
        path: `${section}.enabled`,
        message: 'Rate limiting is on, but every limit is 0, which means unlimited.',
        remedy: 'Set a limit, or switch the section off.',
      };
    },
  },
  {
    id: 'short-window-above-long',
    severity: 'warning',
    section,
    title: 'A short window that permits more than a longer one',
    why: 'The longer window is used up first, after which callers wait for most of it, not for a minute.',
    *check({ rateLimitPolicy }) {
      if (!rateLimitPolicy.enabled) return;
      for (const [short, long] of pairs()) {
        const [less, more] = [rateLimitPolicy[short.field], rateLimitPolicy[long.field]];
        if (less === 0 || more === 0 || less <= more) continue;
        yield {
          path: `${section}.${short.field}`,
          message: `${short.field} (${less}) is above ${long.field} (${more}), so it never takes effect.`,
          remedy: `Lower ${short.field}, or raise ${long.field}.`,
        };
      }
    },
  },
  {
    id: 'long-window-never-full',
    severity: 'info',
    section,
    title: 'A long window that shorter ones keep from filling',
    why: 'The limit costs a counter and can never refuse a request.',
    *check({ rateLimitPolicy }) {
      if (!rateLimitPolicy.enabled) return;
      for (const [short, long] of pairs()) {
        const [rate, limit] = [rateLimitPolicy[short.field], rateLimitPolicy[long.field]];
        const most = rate * (long.minutes / short.minutes);
        if (rate === 0 || limit === 0 || rate > limit || most > limit) continue;
        yield {
          path: `${section}.${long.field}`,
          message: `${long.field} (${limit}) can never be reached at ${rate} ${short.field}, which is ${most} at most.`,
          remedy: `Lower ${long.field} below ${most}, or set it to 0.`,
        };
      }
    },
  },
  {
    id: 'burst-without-effect',
    severity: 'info',
    section,
    title: 'A burst that bounds nothing',
    why: 'A burst is measured against the shortest request limit: without one, or above it, it never refuses.',
    *check({ rateLimitPolicy }) {
      const { enabled, burstRequests } = rateLimitPolicy;
      if (!enabled || burstRequests === 0) return;
      const shortest = SERIES[0].map(({ field }) => rateLimitPolicy[field]).find((n) => n > 0);
      if (shortest !== undefined && burstRequests < shortest) return;
      yield {
        path: `${section}.burstRequests`,
        message:
          shortest === undefined
            ? 'A burst is set, but no limit on requests that it could be measured against.'
            : `A burst of ${burstRequests} is no less than the limit of ${shortest} itself.`,
        remedy: 'Set it below the shortest request limit, or to 0.',
      };
    },
  },
  {
    id: 'model-limit-above-role',
    severity: 'info',
    section,
    title: "A model's limit above the role's own",
    why: "The role's limit refuses first, so the model's never takes effect.",
    *check({ rateLimitPolicy }) {
      if (!rateLimitPolicy.enabled) return;
      for (const [pattern, limits] of Object.entries(rateLimitPolicy.perModel)) {
        for (const field of ['requestsPerMinute', 'tokensPerMinute'] as const) {
          const [own, role] = [limits[field], rateLimitPolicy[field]];
          if (own === 0 || role === 0 || own < role) continue;
          yield {
            path: `${section}.perModel.${pattern}.${field}`,
            message: `${field} of ${pattern} (${own}) is no lower than that of the role (${role}).`,
            remedy: "Lower it below the role's limit, or set it to 0.",
          };
        }
      }
    },
  },
  {
    id: 'rate-above-provider',
    severity: 'warning',
    section,
    title: "A rate limit above the provider's own",
    why: 'The provider refuses with 429 before this limit does: callers wait for retries, or see its error.',
    *check(policy, facts) {
      const { rateLimitPolicy } = policy;
      if (!rateLimitPolicy.enabled || !facts.connections) return;
      const used = new Set(
        [
          ...routedModels(policy).map(({ name }) => name),
          ...fallbacksInForce(policy).map(({ provider, model }) => `${provider}/${model}`),
          defaultModelOf(policy),
        ]
          .flatMap((name) => permittedTargets(policy, name, facts) ?? [])
          .map((t) => t.provider),
      );
      for (const field of ['requestsPerMinute', 'tokensPerMinute'] as const) {
        for (const connection of facts.connections) {
          const theirs = connection[field];
          if (theirs === undefined || !connection.enabled) continue;
          if (used.size > 0 && !used.has(connection.name)) continue;
          if (rateLimitPolicy[field] <= theirs || cappedFor(connection.name)) continue;
          yield {
            path: `${section}.${field}`,
            message: `${field} (${rateLimitPolicy[field]}) is above what ${connection.name} permits (${theirs}).`,
            remedy: `Lower it to ${theirs}, or limit ${connection.name}/* under "Limits by model".`,
          };
        }
      }
      function cappedFor(provider: string): boolean {
        return Object.entries(rateLimitPolicy.perModel).some(
          ([pattern, { requestsPerMinute, tokensPerMinute }]) =>
            requestsPerMinute + tokensPerMinute > 0 &&
            compileModels([pattern])({ provider, model: '' }),
        );
      }
    },
  },
];

/** Each pair of set-apart windows of one kind, the shorter first. */
function pairs() {
  return SERIES.flatMap((series) =>
    series.flatMap((short, index) => series.slice(index + 1).map((long) => [short, long] as const)),
  );
}
