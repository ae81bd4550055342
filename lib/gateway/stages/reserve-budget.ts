import type { Limited } from '../context';
import { scopeOf } from '../context';
import type { BudgetHold } from '../ports';
import type { Stage } from '../stage';

/** What the role may still spend; reserved by attempt, settled to what it cost. */
export const reserveBudget: Stage<Limited, { hold: BudgetHold }> = async (context, deps) => {
  const { choice, tokens, scope } = context;
  const opened = await deps.budgets.open({
    ...scopeOf(context, deps.clock),
    targets: choice.kind === 'open' ? [] : choice.targets,
    tokens,
  });
  if (!('hold' in opened)) return opened.decision;
  const { decision, hold } = opened;
  scope.defer('budget', () => hold.close());
  const warnings = decision.verdict === 'allow' ? (decision.warnings ?? []) : [];
  return { verdict: decision.verdict, reason: decision.reason, warnings, add: { hold } };
};
