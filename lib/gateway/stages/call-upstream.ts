import type { Answered, Planned } from '../context';
import { scopeOf } from '../context';
import { nameOf, type TargetName } from '../ports';
import type { Stage } from '../stage';

type Added = Pick<Answered, 'answer' | 'execution'>;

/** Carries the plan out; what the cache answered needs no plan. */
export const callUpstream: Stage<Planned, Added> = async (context, deps) => {
  const { trail, plan, lookup, hold, tokens } = context;
  if ('answer' in lookup) {
    const { completion, usage, target } = lookup.answer;
    trail.target = target;
    const answer = { stream: false, completion, usage } as const;
    return { verdict: 'skip', reason: 'answered from the cache', add: { answer, execution: null } };
  }
  if (!plan) throw new Error('neither a plan nor a cached answer');
  const outcome = await deps.executor.execute({
    ...scopeOf(context, deps.clock),
    plan,
    tokens,
    budget: hold,
    admit: context.admit,
    providers: deps.providers,
    remainingMs: () => deps.deadlineMs - (performance.now() - context.startedMs),
    onAttempt: (attempt, target) => {
      trail.attempts.push(attempt);
      trail.target = nameOf(target);
    },
  });
  if ('verdict' in outcome) return outcome;
  const target = nameOf(outcome.target);
  trail.target = target;
  context.scope.defer('attempt', () =>
    outcome.finish({ usage: trail.usage, costUsd: trail.costUsd, error: context.ending.error }),
  );
  return {
    verdict: 'allow',
    reason: `${target.provider}/${target.model}`,
    // The headers of a stream go out before its cost can be known.
    warnings: outcome.answer.stream && !isPriced(context, target) ? ['cost_unknown'] : [],
    add: { answer: outcome.answer, execution: outcome },
  };
};

function isPriced({ principal, tokens }: Planned, target: TargetName): boolean {
  return principal.prices.worstCaseOf(target, tokens) !== null;
}
