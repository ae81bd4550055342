import 'server-only';
import type { Client } from 'pg';
import { systemClock, type Clock } from '@/lib/gateway/types';
import { log } from '@/lib/log';
import { dedicatedClient } from './client';

/** A committed change of something that is kept in memory; the database's triggers announce it. */
export type Change = { tenantId: string; table: string };

export type ChangeListenerOptions = {
  onChange(change: Change): void;
  /** Listening has begun (again): what changed before was not heard. */
  onGap(): void;
  /** A connection of its own, not yet connected. */
  connect?: () => Client;
  clock?: Clock;
};

const CHANNEL = 'rolegate_changed';
const PING_INTERVAL_MS = 250;
/** Changes may have gone unheard once no ping has been answered for this long. */
const SILENCE_MS = 750;
const DEAD_MS = 5_000;
const BACKOFF_MS = { first: 100, max: 2_000 };

/**
 * Hears the database's change notifications on a connection of its own, and knows whether it would:
 * the connection is pinged, since a lost one may look open for hours. Reconnects for ever.
 */
export class ChangeListener {
  private client: Client | null = null;
  private pingedAt: number | null = null;
  private confirmedAt = Number.NEGATIVE_INFINITY;
  private backoffMs = BACKOFF_MS.first;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private readonly clock: Clock;

  constructor(private readonly options: ChangeListenerOptions) {
    this.clock = options.clock ?? systemClock;
  }

  /** Resolves after the first attempt to connect, whether it succeeded or goes on in the background. */
  async start(): Promise<void> {
    await this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    if (client) await client.end();
  }

  /** True while every change committed more than `SILENCE_MS` ago has been heard. */
  isCurrent(): boolean {
    return this.client !== null && this.clock.now() - this.confirmedAt <= SILENCE_MS;
  }

  private async connect(): Promise<void> {
    let client: Client | null = null;
    try {
      const connection = (client = (
        this.options.connect ?? (() => dedicatedClient('rolegate-listener'))
      )());
      connection.on('notification', ({ payload }) => this.receive(payload ?? ''));
      connection.on('error', (error) => this.lost(connection, error));
      connection.on('end', () => this.lost(connection, new Error('the connection was closed')));
      await connection.connect();
      await connection.query(`LISTEN ${CHANNEL}`);
      if (this.stopped) return await connection.end();
      this.client = connection;
      this.confirmedAt = this.clock.now();
      this.pingedAt = null;
      this.backoffMs = BACKOFF_MS.first;
      this.options.onGap();
      this.schedule(PING_INTERVAL_MS, () => this.ping());
    } catch (error) {
      log().warn(
        { err: error },
        'cannot listen for changes; what is in memory is read again every half second',
      );
      if (client) this.discard(client);
      this.retry();
    }
  }

  private ping(): void {
    const { client } = this;
    if (!client) return;
    const now = this.clock.now();
    if (this.pingedAt !== null) {
      if (now - this.pingedAt > DEAD_MS)
        return this.lost(client, new Error('the connection does not answer'));
    } else {
      const sentAt = (this.pingedAt = now);
      client.query('SELECT 1').then(
        () => {
          if (this.client !== client) return;
          this.confirmedAt = sentAt;
          this.pingedAt = null;
        },
        (error: Error) => this.lost(client, error),
      );
    }
    this.schedule(PING_INTERVAL_MS, () => this.ping());
  }

  private receive(payload: string): void {
    try {
      const { tenantId, table } = JSON.parse(payload) as Partial<Change>;
      if (typeof tenantId === 'string' && typeof table === 'string')
        return this.options.onChange({ tenantId, table });
      log().warn('a change notification without a tenant');
    } catch (error) {
      log().warn({ err: error }, 'a change notification that is not JSON');
    }
    // What it meant to say is unknown, so nothing in memory is trusted.
    this.options.onGap();
  }

  private lost(client: Client, error: Error): void {
    if (this.client !== client) return;
    this.client = null;
    if (this.stopped) return;
    log().warn({ err: error }, 'the connection that hears of changes is lost; connecting again');
    this.discard(client);
    this.retry();
  }

  private discard(client: Client): void {
    client
      .end()
      .catch((error: unknown) => log().debug({ err: error }, 'a lost connection did not close'));
  }

  private retry(): void {
    if (this.stopped) return;
    this.schedule(this.backoffMs, () => void this.connect());
    this.backoffMs = Math.min(this.backoffMs * 2, BACKOFF_MS.max);
  }

  private schedule(ms: number, task: () => void): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(task, ms);
    this.timer.unref();
  }
}
