import type { RolePolicy } from '@/lib/policy/role-policy';
import type {
  Grant,
  RateLimitCost,
  RateLimitStatus,
  RateLimitStore,
} from '@/lib/policy/rate-limit/store';
import { openCall, type GatewayRequest } from './call';
import type { GatewayDeps } from './deps';
import { decisions } from './pipeline';
import { receiptOf } from './receipt';
import { refusalFor } from './refuse';
import type { Principal, Receipt } from './types';

/** A request to be judged as the gateway would judge it. */
export type Evaluation = {
  principal: Principal;
  /** Another policy than the principal's own, as if it were saved. */
  policy?: RolePolicy;
  /** The body of a chat request, not validated yet. */
  request: unknown;
};

/**
 * Runs every decision of the pipeline and returns the receipt: `status` 200 when the request would have
 * been sent to a provider, else the refusal's status and code. Calls no provider, consumes nothing,
 * writes no receipt.
 */
export async function evaluateChat(evaluation: Evaluation, real: GatewayDeps): Promise<Receipt> {
  const deps = dryRun(evaluation, real);
  const call = openCall(incomingOf(evaluation.request), deps, true);
  try {
    await decisions.run(call, deps);
    call.trail.status = 200;
  } catch (error) {
    const refusal = refusalFor(call, error);
    call.trail.status = refusal.status;
    call.trail.code = refusal.code;
  }
  const receipt = receiptOf(call);
  await call.scope.close();
  if (receipt) return receipt;
  throw new Error('an evaluation has a principal, so it has a receipt');
}

function incomingOf(request: unknown): GatewayRequest {
  return {
    method: 'POST',
    path: '/v1/chat/completions',
    header: (name) => (name === 'authorization' ? 'Bearer evaluation' : undefined),
    readBody: () => Promise.resolve(Buffer.from(JSON.stringify(request) ?? '')),
    onDisconnect: () => undefined,
    remoteAddress: null,
  };
}

/** The gateway's dependencies with everything that consumes or records taken out. */
function dryRun({ principal, policy }: Evaluation, real: GatewayDeps): GatewayDeps {
  const judged: Principal = policy
    ? { ...principal, policy: { version: principal.policy.version, document: policy } }
    : principal;
  return {
    ...real,
    principals: { bySecret: () => Promise.resolve({ kind: 'found', principal: judged }) },
    rateLimits: peekingAt(real.rateLimits),
    receipts: { write: () => undefined, drain: () => Promise.resolve() },
    observer: { started: () => undefined, finished: () => undefined },
  };
}

/** Answers as the store would and takes nothing. */
function peekingAt(store: RateLimitStore): RateLimitStore {
  return {
    acquire: async (plan, cost) => {
      const answer = await store.check(plan, cost);
      return answer.granted ? nothingHeld(store, cost, answer.status) : answer;
    },
    check: (plan, cost) => store.check(plan, cost),
    close: () => Promise.resolve(),
  };
}

function nothingHeld(store: RateLimitStore, cost: RateLimitCost, status: RateLimitStatus): Grant {
  const done = () => Promise.resolve();
  return {
    granted: true,
    status,
    extend: async (plan) => {
      const answer = await store.check(plan, cost);
      return answer.granted ? null : answer;
    },
    settle: done,
    release: done,
    cancel: done,
  };
}
