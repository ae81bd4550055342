import { LeasedLedger } from '@/lib/budget/ledger/ledger';
import { MemoryLedgerStore } from '@/lib/budget/ledger/memory-ledger-store';
import {
  capabilitiesOf,
  contextWindowOf,
  createPriceBook,
  keepsToJsonSchema,
} from '@/lib/budget/pricing';
import { noCache } from '@/lib/gateway/cache/no-cache';
import { priceCatalogue } from '@/lib/gateway/catalogue';
import type { GatewayDeps } from '@/lib/gateway/deps';
import { evaluateChat } from '@/lib/gateway/evaluate';
import { singleAttempt } from '@/lib/gateway/resilience/single-attempt';
import { createRoutingPlanner } from '@/lib/gateway/router/routing-planner';
import {
  PROVIDER_KINDS,
  systemClock,
  type Principal,
  type ProviderConnection,
  type ProviderKind,
  type Receipt,
} from '@/lib/gateway/types';
import { createMemoryRateLimitStore } from '@/lib/live/memory-rate-limit-store';
import type { RolePolicy } from '@/lib/policy/role-policy';
import type { LockedTenant } from '../lock';
import type { CaseConnection } from './case-file';

/**
 * The gateway's own decisions with nothing behind them: windows are empty, nothing is spent, no breaker
 * is open, no latency is known and nothing is cached. Calls nobody.
 */
export function offlineGateway(): (subject: Subject, request: unknown) => Promise<Receipt> {
  const deps = gatewayDeps();
  return ({ principal }, request) => evaluateChat({ principal, request }, deps);
}

/** A role to be judged; made once for all cases of it. */
export type Subject = { principal: Principal };

export function subjectOf(
  names: { tenant: string; role: string },
  policy: RolePolicy,
  known: { locked?: LockedTenant; connections?: readonly CaseConnection[] },
): Subject {
  const connections = known.connections ?? known.locked?.connections ?? everyKind();
  return {
    principal: {
      tenant: { id: names.tenant, slug: names.tenant, timezone: 'UTC', logContent: 'none' },
      role: { id: names.role, name: names.role },
      key: { id: 'evaluation', name: 'evaluation', expiresAt: null },
      policy: { version: 0, document: policy },
      connections: connections.filter(({ enabled }) => enabled).map(connectionOf),
      prices: createPriceBook({ overrides: known.locked?.prices }),
    },
  };
}

/** Where nothing is known of a tenant: one connection of each kind under its own name. */
function everyKind(): CaseConnection[] {
  return PROVIDER_KINDS.map((kind) => ({ name: kind, kind, enabled: true, models: [] }));
}

function connectionOf({ name, kind, models }: CaseConnection): ProviderConnection {
  const unused = { tenantId: '', baseUrl: null, credential: '', enabled: true };
  return { id: name, name, kind, models, ...unused };
}

/** Each question of the catalogue means some hundred match rules, and a thousand policies ask the same few. */
function remembered<T>(
  look: (kind: ProviderKind, model: string) => T,
): (kind: ProviderKind, model: string) => T {
  const answers = new Map<string, T>();
  return (kind, model) => {
    const key = `${kind}/${model}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = look(kind, model);
    answers.set(key, answer);
    return answer;
  };
}

function gatewayDeps(): GatewayDeps {
  const clock = systemClock;
  const rateLimits = createMemoryRateLimitStore({ clock });
  const nobody = (): never => {
    throw new Error('An evaluation calls nobody.');
  };
  return {
    principals: { bySecret: nobody },
    providers: { for: nobody },
    catalogue: { ...priceCatalogue, serves: remembered(priceCatalogue.serves) },
    rateLimits,
    budgets: new LeasedLedger({
      store: new MemoryLedgerStore(() => clock.now()),
      journal: { append: () => undefined, turn: () => () => undefined },
      replicaId: 'offline',
      clock,
      waitMs: 0,
      rateLimits,
      onFault: (fault) => {
        throw fault;
      },
    }),
    cache: noCache,
    planner: createRoutingPlanner(
      {
        model: remembered((kind, model) => ({
          contextWindow: contextWindowOf(kind, model),
          ...capabilitiesOf(model),
          jsonSchema: keepsToJsonSchema(model),
        })),
        isBroken: () => false,
        latencyMs: () => null,
      },
      () => 0,
    ),
    executor: singleAttempt,
    receipts: { write: () => undefined, drain: () => Promise.resolve() },
    observer: { started: () => undefined, finished: () => undefined },
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    deadlineMs: 600_000,
  };
}
