import 'server-only';
import type { AlertOutcome, DueAlert } from '@/lib/db/alerts-repository';
import { AppError } from '@/lib/errors/app-error';

/** Delivers one alert now, once. Never rejects. */
export type DeliverAlert = (alert: DueAlert) => Promise<AlertOutcome>;

/** On globalThis, since Next gives every bundle its own copy of a module. */
export const alertsHolder = globalThis as { __rolegateDeliverAlert?: DeliverAlert };

/** What startAlerts() set up. Imports none of what it is made of, so that a route stays small. */
export function currentDelivery(): DeliverAlert {
  const deliver = alertsHolder.__rolegateDeliverAlert;
  if (deliver) return deliver;
  throw new AppError('unavailable', 'The server is starting. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
