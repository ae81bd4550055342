import { compareMoney, money, multiplyMoney } from '@/lib/money';
import type { BudgetPolicy } from '../../budget/schema';
import type { LintRule } from '../finding';
import { namedTargets, targetsOf } from '../targets';

const section = 'budgetPolicy';

/** Windows from the shortest to the longest; `most` is how many of it begin in each longer one at most. */
const WINDOWS = [
  { field: 'dailyLimitUSD', name: 'daily', days: 1 },
  { field: 'weeklyLimitUSD', name: 'weekly', days: 7 },
  { field: 'monthlyLimitUSD', name: 'monthly', days: 31 },
] as const;

export const budgetRules: LintRule[] = [
  {
    id: 'budget-without-limits',
    severity: 'warning',
    section,
    title: 'The budget is on, and no limit is set',
    why: 'The section looks like protection and lets every spend pass.',
    *check({ budgetPolicy }) {
      if (!budgetPolicy.enabled || budgetPolicy.maxCostPerRequest > 0) return;
      if (limitsOf(budgetPolicy).length > 0) return;
      yield {
        path: `${section}.enabled`,
        message: 'The budget is on, but every limit is 0, which means unlimited.',
        remedy: 'Set a limit, or switch the section off.',
      };
    },
  },
  {
    id: 'budget-short-above-long',
    severity: 'warning',
    section,
    title: 'A weekly limit above the monthly one',
    why: 'The longer window is used up first, so the shorter limit never takes effect.',
    *check({ budgetPolicy }) {
      if (!budgetPolicy.enabled) return;
      const limits = limitsOf(budgetPolicy);
      for (const [index, short] of limits.entries()) {
        const long = limits.slice(index + 1).find((each) => each.usd < short.usd);
        if (!long) continue;
        yield {
          path: `${section}.${short.field}`,
          message: `The ${short.name} limit (${usd(short.usd)}) is above the ${long.name} one (${usd(long.usd)}).`,
          remedy: `Lower the ${short.name} limit, or raise the ${long.name} one.`,
        };
      }
    },
  },
  {
    id: 'budget-long-never-reached',
    severity: 'info',
    section,
    title: 'A long limit that shorter ones keep from filling',
    why: 'The limit looks like a bound and can never refuse a request or send an alert.',
    *check({ budgetPolicy }) {
      if (!budgetPolicy.enabled || budgetPolicy.onExceeded !== 'block') return;
      const limits = limitsOf(budgetPolicy);
      for (const [index, long] of limits.entries()) {
        const binding = limits.slice(0, index).find((short) => {
          const spans = Math.ceil(long.days / short.days) + (short.days > 1 ? 1 : 0);
          return compareMoney(multiplyMoney(short.usd, spans), long.usd) < 0;
        });
        if (!binding) continue;
        yield {
          path: `${section}.${long.field}`,
          message: `The ${long.name} limit (${usd(long.usd)}) cannot be reached at ${usd(binding.usd)} ${binding.name}.`,
          remedy: `Lower the ${long.name} limit, or raise the ${binding.name} one.`,
        };
      }
    },
  },
  {
    id: 'request-above-limit',
    severity: 'warning',
    section,
    title: 'One request may cost more than a whole window',
    why: 'The per-request maximum never takes effect: the limit of the window refuses first.',
    *check({ budgetPolicy }) {
      const tightest = tightestOf(budgetPolicy);
      const { enabled, maxCostPerRequest } = budgetPolicy;
      if (!enabled || !tightest || maxCostPerRequest <= tightest.usd) return;
      yield {
        path: `${section}.maxCostPerRequest`,
        message: `A request may cost ${usd(maxCostPerRequest)}, the ${tightest.name} limit is ${usd(tightest.usd)}.`,
        remedy: `Set it well below ${usd(tightest.usd)}.`,
      };
    },
  },
  {
    id: 'alert-too-late',
    severity: 'warning',
    section,
    title: 'A warning so near to the limit that one request crosses both',
    why: 'Nobody can act between the warning and the limit.',
    *check({ budgetPolicy }) {
      const { enabled, alertThreshold, maxCostPerRequest } = budgetPolicy;
      const tightest = tightestOf(budgetPolicy);
      if (!enabled || !tightest || maxCostPerRequest > tightest.usd) return;
      const left = money(tightest.usd).minus(multiplyMoney(tightest.usd, alertThreshold));
      const byRequest = maxCostPerRequest > 0 && compareMoney(maxCostPerRequest, left) >= 0;
      if (!byRequest && alertThreshold < 1) return;
      yield {
        path: `${section}.alertThreshold`,
        message: byRequest
          ? `Between the warning and the ${tightest.name} limit lie ${usd(left.toFixed())}, and one request may cost ${usd(maxCostPerRequest)}.`
          : 'The warning is sent when the limit is already used up.',
        remedy: 'Lower the warning threshold, or the maximum of a request.',
      };
    },
  },
  {
    id: 'alerts-coincide',
    severity: 'info',
    section,
    title: 'Warning and critical alert at the same point',
    why: 'Two alerts say the same at the same moment.',
    *check({ budgetPolicy }) {
      const { enabled, alertThreshold, criticalThreshold } = budgetPolicy;
      if (!enabled || alertThreshold !== criticalThreshold || !tightestOf(budgetPolicy)) return;
      yield {
        path: `${section}.criticalThreshold`,
        message: `Both alerts are sent at ${Math.round(alertThreshold * 100)} % of a limit.`,
        remedy: 'Set the warning well below the critical alert, such as 80 % and 95 %.',
      };
    },
  },
  {
    id: 'alerts-reach-nobody',
    severity: 'warning',
    section,
    title: 'A budget that tells nobody',
    why: 'The first sign of a used-up budget is then a refused request, or the bill.',
    *check({ budgetPolicy: b }) {
      if (!b.enabled || !tightestOf(b)) return;
      if (b.alertWebhook !== '' || b.alertSlack !== '' || b.alertEmails.length > 0) return;
      yield {
        path: `${section}.alertEmails`,
        message: 'No webhook, e-mail address or Slack channel is told when a limit comes near.',
        remedy: 'Name at least one receiver of alerts.',
      };
    },
  },
  {
    id: 'alert-email-undeliverable',
    severity: 'warning',
    section,
    title: 'Alert e-mail that cannot be sent',
    why: 'Without SMTP_URL alerts by e-mail are recorded as undeliverable.',
    *check({ budgetPolicy: { enabled, alertEmails } }, { emailConfigured }) {
      if (!enabled || alertEmails.length === 0 || emailConfigured !== false) return;
      yield {
        path: `${section}.alertEmails`,
        message: 'Alerts go to e-mail addresses, but this server sends no e-mail.',
        remedy: 'Set SMTP_URL on the server, or use a webhook or Slack.',
      };
    },
  },
  {
    id: 'budget-blocks-unpriced',
    severity: 'error',
    section,
    title: 'A budget that blocks, and models without a price',
    why: 'What a model without a price costs cannot be reserved, so its requests are refused with 400 model_unpriced.',
    *check(policy, facts) {
      const { enabled, onExceeded, maxCostPerRequest } = policy.budgetPolicy;
      if (!enabled || (onExceeded !== 'block' && maxCostPerRequest === 0)) return;
      const unpriced = new Set(
        namedTargets(policy)
          .filter(({ path }) => !path.startsWith('routingPolicy.'))
          .filter(({ name }) => {
            const targets = targetsOf(name, facts) ?? [];
            return targets.length > 0 && targets.every((each) => facts.priceOf?.(each) === null);
          })
          .map(({ name }) => name),
      );
      if (unpriced.size === 0) return;
      yield {
        path: `${section}.onExceeded`,
        message: `${[...unpriced].join(', ')} ${unpriced.size === 1 ? 'has' : 'have'} no price, so this budget refuses every request to ${unpriced.size === 1 ? 'it' : 'them'}.`,
        remedy:
          'Enter the price under Prices, use another model, or choose warn without a per-request maximum.',
      };
    },
  },
  {
    id: 'throttle-above-rate-limit',
    severity: 'warning',
    section,
    title: 'A throttle higher than the rate limit',
    why: 'A role whose budget is used up may then call as fast as before.',
    *check({ budgetPolicy, rateLimitPolicy }) {
      const { enabled, onExceeded, throttleRequestsPerMinute: throttled } = budgetPolicy;
      const { requestsPerMinute } = rateLimitPolicy;
      // A limit of each key says nothing of what the role may do as a whole.
      if (!rateLimitPolicy.enabled || requestsPerMinute === 0 || rateLimitPolicy.scope === 'key')
        return;
      if (!enabled || onExceeded !== 'throttle' || throttled < requestsPerMinute) return;
      yield {
        path: `${section}.throttleRequestsPerMinute`,
        message: `Throttled to ${throttled} requests a minute, a role limited to ${requestsPerMinute} does not notice.`,
        remedy: `Set it well below ${requestsPerMinute}.`,
      };
    },
  },
  {
    id: 'soft-limit-wide',
    severity: 'warning',
    section,
    title: 'A buffer larger than the limit itself',
    why: 'The budget permits more than twice what its limits say.',
    *check({ budgetPolicy: { enabled, softLimitEnabled, softLimitBuffer } }) {
      if (!enabled || !softLimitEnabled || softLimitBuffer <= 100) return;
      yield {
        path: `${section}.softLimitBuffer`,
        message: `A buffer of ${softLimitBuffer} % allows ${1 + softLimitBuffer / 100} times each limit.`,
        remedy: 'Raise the limits instead, and keep the buffer small.',
      };
    },
  },
  {
    id: 'budget-output-unbounded',
    severity: 'info',
    section,
    title: 'A blocking budget without a bound on answers',
    why: "A request that names no bound reserves the model's whole output, so a nearly used-up budget refuses requests that would have fitted.",
    *check({ budgetPolicy, modelRestrictions }) {
      const { enabled, onExceeded } = budgetPolicy;
      if (!enabled || onExceeded !== 'block' || !tightestOf(budgetPolicy)) return;
      if (modelRestrictions.enabled && modelRestrictions.maxOutputTokens > 0) return;
      yield {
        path: 'modelRestrictions.maxOutputTokens',
        message:
          'The budget blocks, but answers are unbounded, so each request reserves the longest one.',
        remedy: 'Set "Longest answer" in the model restrictions.',
      };
    },
  },
];

function limitsOf(budget: BudgetPolicy) {
  return WINDOWS.map((window) => ({ ...window, usd: budget[window.field] })).filter(
    ({ usd }) => usd > 0,
  );
}

/** The smallest limit there is. */
function tightestOf(budget: BudgetPolicy) {
  return limitsOf(budget).sort((a, b) => a.usd - b.usd)[0];
}

const usd = (amount: number | string): string => `$${money(amount).toFixed()}`;
