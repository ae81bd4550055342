import { addMoney, toMoneyString } from '@/lib/money';
import type { Call } from './call';
import { contentOf } from './content';
import { detectorsFor } from './remembered';
import { roundMs } from './trail';
import type { Receipt } from './types';

/**
 * The receipt of a request that has ended, or null when no key told whose it was. Its content is made when it is
 * first asked for: to take personal data out of a conversation takes longer than all else of a receipt.
 */
export function receiptOf(call: Call): Receipt | null {
  const { trail } = call;
  const { principal, usage, messages, answer, isRedacted } = trail;
  if (!principal) return null;
  // A dry run is kept nowhere: whoever asked is shown what would be sent, as it would be.
  const level = call.dryRun ? 'full' : principal.tenant.logContent;
  let made: { content: Receipt['content'] } | undefined;
  return {
    id: call.id,
    at: new Date(call.at).toISOString(),
    tenantId: principal.tenant.id,
    role: principal.role,
    key: { id: principal.key.id, name: principal.key.name },
    status: trail.status,
    code: trail.code,
    stream: trail.stream,
    requestedModel: trail.requestedModel,
    provider: trail.target?.provider ?? null,
    model: trail.target?.model ?? null,
    policyVersion: principal.policy.version,
    route: trail.route,
    stages: trail.stages,
    attempts: trail.attempts,
    cache: trail.cache,
    tokens: {
      input: usage?.inputTokens ?? 0,
      cachedInput: usage?.cachedInputTokens ?? 0,
      output: usage?.outputTokens ?? 0,
      reasoning: usage?.reasoningTokens ?? 0,
      estimated: trail.usageEstimated || trail.attempts.some((attempt) => attempt.estimated),
    },
    costUsd: totalCost(call),
    latencyMs: roundMs(performance.now() - call.startedMs),
    warnings: [...trail.warnings],
    get content() {
      if (!made) {
        const { detectPii } = detectorsFor(principal.tenant.id);
        made = { content: contentOf(level, messages, answer, isRedacted, detectPii) };
      }
      return made.content;
    },
  };
}

/** What all attempts cost together; null when one that used tokens has no price. */
function totalCost({ trail }: Call): string | null {
  if (trail.warnings.has('cost_unknown') && trail.costUsd === null) return null;
  const costs = trail.attempts.map((attempt) => attempt.costUsd).filter((cost) => cost !== null);
  if (costs.length === 0) return '0';
  return costs.length === 1 && costs[0] ? costs[0] : toMoneyString(addMoney(...costs));
}
