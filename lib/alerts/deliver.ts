import type { AlertOutcome, DueAlert } from '@/lib/db/alerts-repository';
import { ForbiddenTargetError, type GuardedFetch } from '@/lib/net';
import { type AlertPayload, alertPayloadSchema } from './alert-payload';
import { type Mail, mailOf } from './email';
import { slackBody } from './slack';
import { signedHeaders, webhookBody, webhookSecret } from './webhook';

/** Sends one mail to one address. Rejects with what the mail server said. */
export type SendMail = (mail: Mail & { to: string; messageId: string }) => Promise<void>;

export type DeliveryDeps = {
  network: Pick<GuardedFetch, 'fetch'>;
  /** Null while no mail server is configured. */
  sendMail: SendMail | null;
  encryptionKey: string;
  now(): number;
  /** How long a receiver may take, milliseconds. */
  timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 3_600_000;
/** With the waits between them about five hours. */
const MOST_ATTEMPTS = 12;

/** One try to deliver an alert. Never rejects: a failure is an outcome. */
export async function deliver(alert: DueAlert, deps: DeliveryDeps): Promise<AlertOutcome> {
  const parsed = alertPayloadSchema.safeParse(alert.payload);
  if (!parsed.success) return { status: 'failed', error: 'the stored alert cannot be read' };
  try {
    return await send(alert, parsed.data, deps);
  } catch (error) {
    if (error instanceof ForbiddenTargetError) return { status: 'failed', error: error.message };
    if (isRefusedForGood(error)) return { status: 'failed', error: reasonOf(error) };
    return retry(alert, deps, reasonOf(error));
  }
}

async function send(
  alert: DueAlert,
  payload: AlertPayload,
  deps: DeliveryDeps,
): Promise<AlertOutcome> {
  switch (alert.channel) {
    case 'email': {
      if (!deps.sendMail) {
        return {
          status: 'undeliverable',
          error: 'no mail server is configured: set SMTP_URL and SMTP_FROM',
        };
      }
      // The same id for every try, so that a mail that was delivered after all is recognised as a repeat.
      await deps.sendMail({
        ...mailOf(payload),
        to: alert.target,
        messageId: `<${alert.id}@rolegate>`,
      });
      return { status: 'sent' };
    }
    case 'slack':
      return post(alert, slackBody(payload), {}, deps);
    case 'webhook': {
      const body = webhookBody(alert.id, alert.kind, payload);
      const secret = webhookSecret(alert.tenantId, deps.encryptionKey);
      return post(
        alert,
        body,
        signedHeaders(secret, alert.id, Math.floor(deps.now() / 1000), body),
        deps,
      );
    }
  }
}

async function post(
  alert: DueAlert,
  body: string,
  headers: Record<string, string>,
  deps: DeliveryDeps,
): Promise<AlertOutcome> {
  const response = await deps.network.fetch(alert.target, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Rolegate', ...headers },
    body,
    signal: AbortSignal.timeout(deps.timeoutMs ?? TIMEOUT_MS),
  });
  // What a receiver answers is of no interest and may be endless.
  await response.body?.cancel();
  if (response.ok) return { status: 'sent' };
  if (response.status === 410) return { status: 'failed', error: 'the receiver is gone (410)' };
  return retry(alert, deps, `the receiver answered ${response.status}`);
}

function retry({ attempts }: DueAlert, deps: DeliveryDeps, error: string): AlertOutcome {
  if (attempts >= MOST_ATTEMPTS)
    return { status: 'failed', error: `${error}; given up after ${attempts} tries` };
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  return { status: 'retry', error, at: new Date(deps.now() + wait) };
}

/** A mail server's 5yz answer to an address or a mail is final (RFC 5321, 4.2.1). */
function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  const isAboutTheMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return isAboutTheMail && Number(error.responseCode) >= 500;
}

/** Says what went wrong without the URL, whose path is a secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the delivery failed';
  if (error.name === 'TimeoutError') return 'the receiver did not answer in time';
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException).code;
  if ('responseCode' in error) return `the mail server answered ${String(error.responseCode)}`;
  return code ? `the connection failed (${code})` : 'the connection failed';
}
