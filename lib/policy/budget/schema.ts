import { z } from 'zod';
import { enabledField, field } from '../field';
import { optionalUrlSchema, uniqueList, usdSchema } from '../primitives';

export const BUDGET_EXCEEDED_ACTIONS = ['block', 'warn', 'throttle'] as const;

const limitUsd = usdSchema.default(0);

/** How much a role may spend, who is told, and what happens at the limit. */
export const budgetPolicySchema = z.strictObject({
  enabled: enabledField('the budget'),
  dailyLimitUSD: field(limitUsd, {
    title: 'Daily limit',
    description: "Spend in a calendar day of the tenant's time zone. 0 means unlimited.",
    unit: 'USD',
  }),
  weeklyLimitUSD: field(limitUsd, {
    title: 'Weekly limit',
    description: "Spend in a week from Monday in the tenant's time zone. 0 means unlimited.",
    unit: 'USD',
  }),
  monthlyLimitUSD: field(limitUsd, {
    title: 'Monthly limit',
    description: "Spend in a calendar month of the tenant's time zone. 0 means unlimited.",
    unit: 'USD',
  }),
  maxCostPerRequest: field(limitUsd, {
    title: 'Per-request max',
    description: 'A request whose worst case costs more is refused. 0 means unlimited.',
    unit: 'USD',
  }),
  alertThreshold: field(z.number().min(0).max(1).default(0.8), {
    title: 'Warning alert',
    description: 'Share of a limit at which a warning is sent.',
  }),
  criticalThreshold: field(z.number().min(0).max(1).default(0.95), {
    title: 'Critical alert',
    description: 'Share of a limit at which a critical alert is sent.',
  }),
  alertWebhook: field(optionalUrlSchema.default(''), {
    title: 'Webhook URL',
    description: 'Receives each alert as JSON. Kept encrypted.',
    control: 'url',
    sealed: true,
  }),
  alertEmails: field(
    uniqueList(
      z.email({ error: 'Write an e-mail address such as finance@example.com.' }).max(254),
      100,
    ).default([]),
    {
      title: 'E-mail recipients',
      description: 'Receive each alert by e-mail.',
      control: 'emails',
    },
  ),
  alertSlack: field(optionalUrlSchema.default(''), {
    title: 'Slack webhook',
    description: 'A Slack incoming webhook that receives each alert. Kept encrypted.',
    control: 'url',
    sealed: true,
  }),
  onExceeded: field(z.enum(BUDGET_EXCEEDED_ACTIONS).default('block'), {
    title: 'When budget exceeded',
    description:
      'Block refuses requests, warn lets them through with a warning, throttle lowers the rate.',
  }),
  softLimitEnabled: field(z.boolean().default(false), {
    title: 'Enable soft limit',
    description: 'Allows a small buffer over the budget before the action is taken.',
  }),
  softLimitBuffer: field(z.number().min(0).max(1000).default(10), {
    title: 'Buffer',
    description: 'Percent over each limit that the soft limit allows.',
    unit: '%',
  }),
  throttleRequestsPerMinute: field(z.int().min(1).max(1_000_000).default(6), {
    title: 'Throttled rate',
    description: 'Requests a minute while the budget is exceeded and the action is throttle.',
    unit: 'requests',
  }),
});
export type BudgetPolicy = z.infer<typeof budgetPolicySchema>;
