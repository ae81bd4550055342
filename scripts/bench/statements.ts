import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { Client } from 'pg';

/** What a process has done since its start. */
export type Work = {
  requests: number;
  /** SQL statements issued by a request that was not answered yet. */
  statementsOnTheWay: number;
  /** All others: batches of receipts and settlements, by their own clocks. */
  statementsBeside: number;
  /** Processor time, microseconds. */
  cpuMicros: number;
};

/**
 * Counts every statement that reaches the database driver, and whether a request waiting for its answer
 * issued it: the request's asynchronous context tells.
 * @returns reads the counters
 */
export function countWork(): () => Work {
  const current = new AsyncLocalStorage<{ isAnswered: boolean }>();
  const work = { requests: 0, statementsOnTheWay: 0, statementsBeside: 0 };
  subscribe('http.server.request.start', (message) => {
    const request = { isAnswered: false };
    const { response } = message as { response: ServerResponse };
    response.once('close', () => (request.isAnswered = true));
    work.requests += 1;
    current.enterWith(request);
  });
  const original = Client.prototype.query as (...args: unknown[]) => unknown;
  Client.prototype.query = function (this: Client, ...args: unknown[]): unknown {
    const request = current.getStore();
    if (request && !request.isAnswered) work.statementsOnTheWay += 1;
    else work.statementsBeside += 1;
    return original.apply(this, args);
  } as typeof Client.prototype.query;
  return () => {
    const { user, system } = process.cpuUsage();
    return { ...work, cpuMicros: user + system };
  };
}
