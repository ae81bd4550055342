import { z } from 'zod';

/** What an alert tells, whatever carries it. Money is plain decimal USD, times are ISO 8601. */
export const alertPayloadSchema = z.object({
  level: z.enum(['warning', 'critical', 'exceeded', 'test']),
  window: z.enum(['day', 'week', 'month']),
  tenant: z.string(),
  role: z.string(),
  startsAt: z.string(),
  resetsAt: z.string(),
  spentUsd: z.string(),
  limitUsd: z.string(),
  onExceeded: z.enum(['block', 'warn', 'throttle']),
});
export type AlertPayload = z.infer<typeof alertPayloadSchema>;

const WINDOW = { day: 'daily', week: 'weekly', month: 'monthly' } as const;
const CONSEQUENCE = {
  block: 'Requests that do not fit are refused.',
  warn: 'Requests go on, with a warning.',
  throttle: 'Requests are throttled.',
} as const;

/** One line that says what happened. */
export function headlineOf(payload: AlertPayload): string {
  const { level, role, window } = payload;
  const budget = `the ${WINDOW[window]} budget of role "${role}"`;
  switch (level) {
    case 'warning':
      return `Warning: ${percentOf(payload)} of ${budget} is used`;
    case 'critical':
      return `Critical: ${percentOf(payload)} of ${budget} is used`;
    case 'exceeded':
      return `Budget exceeded: ${budget} is used up`;
    case 'test':
      return `Test alert for ${budget}: nothing has happened`;
  }
}

/** Label and value of what a person wants to know next. */
export function factsOf(payload: AlertPayload): [label: string, value: string][] {
  return [
    ['Tenant', payload.tenant],
    ['Role', payload.role],
    ['Spent', `$${payload.spentUsd}`],
    ['Limit', `$${payload.limitUsd} (${WINDOW[payload.window]})`],
    ['Resets', payload.resetsAt],
    ...(payload.level === 'exceeded'
      ? ([['Now', CONSEQUENCE[payload.onExceeded]]] as [string, string][])
      : []),
  ];
}

/** For the eye only; the exact amounts stand beside it. */
function percentOf({ spentUsd, limitUsd }: AlertPayload): string {
  const limit = Number(limitUsd);
  return limit > 0 ? `${Math.floor((Number(spentUsd) / limit) * 100)} %` : 'all';
}
