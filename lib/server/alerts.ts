import 'server-only';
import { createTransport } from 'nodemailer';
import { deliver, type DeliveryDeps, type SendMail } from '@/lib/alerts/deliver';
import { AlertDispatcher } from '@/lib/alerts/dispatcher';
import { claimDueAlerts, settleAlert } from '@/lib/db/alerts-repository';
import { withSystem } from '@/lib/db/client';
import { requireEnv } from '@/lib/env';
import type { Log } from '@/lib/log';
import type { GuardedFetch } from '@/lib/net';
import { alertsHolder } from './current-alerts';

const EVERY_MS = 2_000;

/** Starts delivering the outbox. */
export function startAlerts(deps: {
  network: Pick<GuardedFetch, 'fetch'>;
  smtpUrl: string | undefined;
  smtpFrom: string | undefined;
  log: Log;
}): AlertDispatcher {
  const delivery: DeliveryDeps = {
    network: deps.network,
    sendMail: deps.smtpUrl === undefined ? null : mailer(deps.smtpUrl, deps.smtpFrom),
    encryptionKey: requireEnv('ROLEGATE_ENCRYPTION_KEY'),
    now: Date.now,
  };
  alertsHolder.__rolegateDeliverAlert = (alert) => deliver(alert, delivery);
  const dispatcher = new AlertDispatcher({
    ...delivery,
    claim: (limit, leaseMs) => withSystem((tx) => claimDueAlerts(tx, limit, leaseMs)),
    settle: (id, outcome) => withSystem((tx) => settleAlert(tx, id, outcome)),
    onFault: (error) =>
      deps.log.error(
        { err: error },
        'the alert outbox could not be worked off; tried again shortly',
      ),
  });
  dispatcher.start(EVERY_MS);
  return dispatcher;
}

/** @param from the sender; by default one at the mail server's own host */
export function mailer(url: string, from?: string): SendMail {
  const transport = createTransport(url, {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  const sender = from ?? `rolegate@${new URL(url).hostname}`;
  return async (mail) => {
    await transport.sendMail({ ...mail, from: sender });
  };
}
