import 'server-only';
import { join } from 'node:path';
import { capabilitiesOf, contextWindowOf, keepsToJsonSchema } from '@/lib/budget/pricing';
import { PostgresCacheArchive } from '@/lib/db/cache-archive';
import { databaseAnswers } from '@/lib/db/client';
import { ReceiptWriter } from '@/lib/db/receipt-writer';
import { SnapshotStore } from '@/lib/db/snapshot';
import { SemanticAnswerCache } from '@/lib/cache/answer-cache';
import { closeEncoder, encoder } from '@/lib/encoder';
import { env } from '@/lib/env';
import type { GatewayRequest } from '@/lib/gateway/call';
import { priceCatalogue } from '@/lib/gateway/catalogue';
import type { GatewayDeps } from '@/lib/gateway/deps';
import { evaluateChat, type Evaluation } from '@/lib/gateway/evaluate';
import { handleGatewayRequest } from '@/lib/gateway/handler';
import { createProviderRegistry, type Providers } from '@/lib/gateway/providers';
import type { GatewayReply } from '@/lib/gateway/reply';
import type { Breakers } from '@/lib/gateway/resilience/breaker';
import { createResilientExecutor } from '@/lib/gateway/resilience/resilient-executor';
import { sleep } from '@/lib/gateway/resilience/sleep';
import type { RoutingFacts } from '@/lib/gateway/router/facts';
import { LatencyFacts } from '@/lib/gateway/router/latency-facts';
import { createRoutingPlanner } from '@/lib/gateway/router/routing-planner';
import { systemClock, type Receipt } from '@/lib/gateway/types';
import { log } from '@/lib/log';
import { createGuardedFetch, type GuardedFetch } from '@/lib/net';
import { startSandbox } from '@/lib/sandbox';
import { startAlerts } from './alerts';
import { runtimeHolder } from './current-runtime';
import { warmEncoderAhead } from './encoder-warm-up';
import { followPurges } from './follow-purges';
import { openLedger } from './ledger';
import { DeferredReceipts } from './deferred-receipts';
import { JournaledReceipts, storeLeftReceipts } from './receipt-journal';
import { openLiveStores } from './live-stores';
import { createGatewayMetrics } from './metrics';
import { openBreakers } from './stored-breakers';

/** The process's one set of real dependencies, and what both planes and the admin API ask of it. */
export type Runtime = {
  deps: GatewayDeps;
  snapshots: SnapshotStore;
  breakers: Breakers;
  cacheKeeper: SemanticAnswerCache;
  guardedFetch: GuardedFetch;
  /** A gateway request of either plane. Never rejects. */
  handle(request: GatewayRequest): Promise<GatewayReply>;
  /** The receipt the gateway would write for a request, calling no provider and consuming nothing. */
  evaluate(evaluation: Evaluation): Promise<Receipt>;
  /** One cheap call of a provider with a connection's credential. */
  testConnection: Providers['testConnection'];
  metrics(): Promise<{ contentType: string; text: string }>;
  /** Why no requests should be sent here now, or null when they may be. */
  unreadiness(): Promise<string | null>;
  /** From now on not ready; what is in flight goes on. */
  beginDrain(): void;
  /** Writes what is buffered and closes everything. After the planes have stopped, before the database closes. */
  drain(): Promise<void>;
};

const SETTLE_MS = 2000;

/** Builds the runtime at its first call; later calls, from whatever bundle, get the same one. */
export function getRuntime(): Promise<Runtime> {
  return (runtimeHolder.__rolegateRuntime ??= build().then((runtime) => {
    runtimeHolder.__rolegateReadyRuntime = runtime;
    return runtime;
  }));
}

async function build(): Promise<Runtime> {
  const clock = systemClock;
  const live = await openLiveStores(env().REDIS_URL, log());
  const guardedFetch = createGuardedFetch({ allowedHosts: env().ROLEGATE_ALLOWED_HOSTS });
  const sandbox = await startSandbox();
  const snapshots = new SnapshotStore({ clock });
  await snapshots.start();
  const receiptFolder = join(env().ROLEGATE_DATA_DIR, 'receipts');
  await storeLeftReceipts(receiptFolder, log());
  const receipts = new JournaledReceipts(
    receiptFolder,
    new DeferredReceipts(new ReceiptWriter()),
    log(),
  );
  const stored = await openBreakers(clock, log(), env().REDIS_URL);
  const { breakers } = stored;
  const budgets = await openLedger(env().ROLEGATE_DATA_DIR, {
    clock,
    rateLimits: live.rateLimits,
    log: log(),
  });
  const archive = new PostgresCacheArchive();
  const cache = new SemanticAnswerCache({
    encoder: encoder(),
    archive,
    log: log(),
    maxBytes: env().ROLEGATE_CACHE_BYTES,
  });
  const metrics = createGatewayMetrics(() => ({ ...archive.stats, bytes: cache.bytes }));
  followPurges(snapshots, cache);
  const endWarmUp = warmEncoderAhead({ snapshots, encoder: encoder(), log: log() });
  const latency = new LatencyFacts(clock);
  const providers = createProviderRegistry({ network: guardedFetch, sandboxUrl: sandbox.url });
  const deps: GatewayDeps = {
    principals: snapshots,
    providers,
    catalogue: priceCatalogue,
    rateLimits: live.rateLimits,
    budgets: budgets.ledger,
    cache,
    planner: createRoutingPlanner(routingFacts(breakers, latency)),
    executor: createResilientExecutor({ breakers, latency, sleep, random: Math.random }),
    receipts,
    observer: metrics.observer,
    clock,
    log: log(),
    deadlineMs: env().ROLEGATE_REQUEST_DEADLINE_MS,
  };
  const { SMTP_URL: smtpUrl, SMTP_FROM: smtpFrom } = env();
  const alerts = startAlerts({ network: guardedFetch, smtpUrl, smtpFrom, log: log() });
  let draining = false;
  return {
    deps,
    snapshots,
    breakers,
    cacheKeeper: cache,
    guardedFetch,
    handle: (request) => handleGatewayRequest(request, deps),
    evaluate: (evaluation) => evaluateChat(evaluation, deps),
    testConnection: providers.testConnection,
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.render() }),
    unreadiness: async () => {
      if (draining) return 'draining';
      return live.fault() ?? ((await databaseAnswers()) ? null : 'database unavailable');
    },
    beginDrain: () => {
      draining = true;
    },
    drain: async () => {
      draining = true;
      endWarmUp();
      // The planes have stopped; what they cut off still has to be settled and recorded.
      await metrics.idle(SETTLE_MS);
      await budgets.drain();
      await alerts.stop();
      await stored.drain();
      await cache.settled();
      await archive.drain();
      await receipts.drain();
      await snapshots.stop();
      await live.close();
      await Promise.all([sandbox.close(), providers.close(), guardedFetch.close(), closeEncoder()]);
      runtimeHolder.__rolegateReadyRuntime = undefined;
      runtimeHolder.__rolegateRuntime = undefined;
    },
  };
}

function routingFacts(breakers: Breakers, latency: LatencyFacts): RoutingFacts {
  return {
    model: (kind, model) => ({
      contextWindow: contextWindowOf(kind, model),
      ...capabilitiesOf(model),
      jsonSchema: keepsToJsonSchema(model),
    }),
    isBroken: (tenantId, provider) => breakers.isOpen(tenantId, provider),
    latencyMs: (tenantId, target, stream) => latency.latencyMs(tenantId, target, stream),
  };
}
