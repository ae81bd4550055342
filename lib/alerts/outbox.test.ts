import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestTenant, type TestTenant } from '@/lib/admin/testing/fixture';
import { alertsView } from '@/lib/admin/views';
import { capsOf } from '@/lib/budget/ledger/limits';
import { toUnits } from '@/lib/budget/ledger/units';
import { periodsAt } from '@/lib/budget/periods';
import { claimDueAlerts, settleAlert } from '@/lib/db/alerts-repository';
import { databaseLedgerStore } from '@/lib/db/budget-ledger-store';
import { withSystem } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createGuardedFetch } from '@/lib/net';
import { budgetPolicySchema, type BudgetPolicy } from '@/lib/policy/budget/schema';
import { AlertDispatcher, type DispatcherDeps } from './dispatcher';
import {
  type MailServer,
  type Receiver,
  startMailServer,
  startReceiver,
} from './testing/receivers';

const HOUR = 3_600_000;
const network = createGuardedFetch({ allowedHosts: ['127.0.0.1'] });
let database: TestDatabase;
let tenant: TestTenant;
let mail: MailServer;
const receivers: Receiver[] = [];
beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTestTenant();
  mail = await startMailServer();
});
afterAll(async () => {
  await network.close();
  for (const each of [...receivers, mail]) await new Promise<void>((done) => each.close(done));
  await database.close();
});

async function receiver(respond: (response: ServerResponse) => void): Promise<Receiver> {
  const started = await startReceiver(respond);
  receivers.push(started);
  return started;
}

/** Spends past the warning of a new role's daily limit, as the ledger does. */
async function cross(
  name: string,
  channels: Partial<Pick<BudgetPolicy, 'alertWebhook' | 'alertEmails'>>,
): Promise<() => Promise<unknown>> {
  const made = await tenant.editor.post(`${tenant.path}/roles`, { name });
  const { id: roleId } = made.body as { id: string };
  const policy = budgetPolicySchema.parse({ enabled: true, dailyLimitUSD: 1, ...channels });
  const at = Date.now();
  const entry = { id: `${randomUUID()}/1`, at, cost: toUnits('0.85'), tokens: 1 };
  return () =>
    databaseLedgerStore.settle({
      tenantId: tenant.id,
      roleId,
      periods: periodsAt(at, 'UTC'),
      replicaId: randomUUID(),
      caps: capsOf(policy),
      entries: [entry],
      giveBack: 0n,
      policy,
    });
}

/** A dispatcher on the real outbox, as of a time the test sets. */
function dispatcher(time: { now: number }, changes: Partial<DispatcherDeps> = {}): AlertDispatcher {
  return new AlertDispatcher({
    network,
    sendMail: mail.sendMail,
    encryptionKey: randomBytes(32).toString('base64'),
    now: () => time.now,
    timeoutMs: 150,
    claim: (limit, leaseMs) =>
      withSystem((tx) => claimDueAlerts(tx, limit, leaseMs, new Date(time.now))),
    settle: (id, outcome) => withSystem((tx) => settleAlert(tx, id, outcome)),
    onFault: (error) => {
      throw error;
    },
    ...changes,
  });
}

/** What the console asks for and shows of a role's alerts: state, tries and last error by target. */
async function shown(role: string): Promise<Record<string, string>> {
  const answer = await tenant.viewer.get(`${tenant.path}/alerts?role=${role}`);
  const { items } = alertsView.parse(answer.body);
  return Object.fromEntries(
    items.map(({ target, status, attempts, lastError }) => [
      target,
      `${status} after ${attempts}${lastError ? `: ${lastError}` : ''}`,
    ]),
  );
}
const hostOf = ({ url }: { url: string }) => new URL(url).host;

describe('alerts on their way', () => {
  it('show pending, delivered or failed with the last error, as each receiver and mail server has it', async () => {
    const time = { now: Date.now() + HOUR };
    const answers = [503, 503, 204];
    const flaky = await receiver((response) => response.writeHead(answers.shift() ?? 204).end());
    const hanging = await receiver(() => undefined);
    const inner = await receiver((response) => response.writeHead(204).end());
    const redirecting = await receiver((response) =>
      response.writeHead(302, { location: inner.url }).end(),
    );
    const gone = await receiver((response) => response.writeHead(410).end());
    const hooks = { flaky, hanging, redirecting, gone, private: { url: 'https://10.0.0.1/hook' } };
    for (const [role, { url }] of Object.entries(hooks))
      await (
        await cross(role, { alertWebhook: url })
      )();
    await (
      await cross('mailed', { alertEmails: ['a@example.com', 'refused@example.com'] })
    )();

    const running = dispatcher(time);
    await running.run();
    expect(await shown('flaky')).toEqual({
      [hostOf(flaky)]: 'pending after 1: the receiver answered 503',
    });
    expect(await shown('hanging')).toEqual({
      [hostOf(hanging)]: 'pending after 1: the receiver did not answer in time',
    });
    expect(await shown('redirecting')).toEqual({
      [hostOf(redirecting)]:
        'failed after 1: the server answered with a redirect, which is not followed',
    });
    expect(await shown('gone')).toEqual({
      [hostOf(gone)]: 'failed after 1: the receiver is gone (410)',
    });
    expect((await shown('private'))['10.0.0.1']).toMatch(/^failed after 1: /);
    expect(await shown('mailed')).toEqual({
      'a@example.com': 'delivered after 1',
      'refused@example.com': 'failed after 1: the mail server answered 550',
    });

    for (let tries = 2; tries <= 12; tries += 1) {
      time.now += HOUR;
      await running.run();
    }
    expect(await shown('flaky')).toEqual({ [hostOf(flaky)]: 'delivered after 3' });
    expect(await shown('hanging')).toEqual({
      [hostOf(hanging)]:
        'failed after 12: the receiver did not answer in time; given up after 12 tries',
    });
    const counts = [flaky, hanging, redirecting, inner, gone].map((each) => each.received.length);
    expect(counts).toEqual([3, 12, 1, 0, 1]);
    expect(new Set(flaky.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(mail.mails.map(({ to }) => to)).toEqual([['a@example.com']]);
  });

  it('arrive once more under the same id when the process dies between delivery and its record', async () => {
    const time = { now: Date.now() + 20 * HOUR };
    const hook = await receiver((response) => response.writeHead(204).end());
    await (
      await cross('dying', { alertWebhook: hook.url })
    )();
    const faults: unknown[] = [];
    const dying = dispatcher(time, {
      settle: () => Promise.reject(new Error('killed')),
      onFault: (error) => faults.push(error),
    });
    await dying.run();
    expect(faults).toHaveLength(1);
    const next = dispatcher(time);
    await next.run();
    expect(hook.received).toHaveLength(1);
    time.now += 61_000;
    await next.run();
    expect(hook.received).toHaveLength(2);
    const [first, second] = hook.received.map(({ headers }) => headers['webhook-id']);
    expect(second).toBe(first);
    expect(await shown('dying')).toEqual({ [hostOf(hook)]: 'delivered after 2' });
  });

  it('are queued in the commit that settles the spend, or neither is', async () => {
    const settle = await cross('together', { alertEmails: ['b@example.com'] });
    const outbox = (change: string) => database.owner.query(`ALTER TABLE alert_outbox ${change}`);
    await outbox('ADD CONSTRAINT closed CHECK (false) NOT VALID');
    await expect(settle()).rejects.toThrow();
    const { rows } = await database.owner.query(
      `SELECT 1 FROM budget_entries e JOIN roles r ON r.id = e.role_id WHERE r.name = 'together'`,
    );
    expect(rows).toEqual([]);
    await outbox('DROP CONSTRAINT closed');
    await settle();
    await settle();
    expect(await shown('together')).toEqual({ 'b@example.com': 'pending after 0' });
  });
});
