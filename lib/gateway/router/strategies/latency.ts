import type { RouteRequest } from '@/lib/gateway/ports';
import type { Target } from '@/lib/gateway/types';
import { eligibleTargets, type Pool } from '../eligibility';
import { type RoutingFacts, targetName } from '../facts';
import { isSimulator, listedModels } from '../listed-models';
import type { Choice } from './choice';

/** One request in this many goes to the able target that was asked longest ago, so that every target stays known. */
const EXPLORE_EVERY = 16;
/** Targets this close to the best count as equally fast: two of them are drawn, the faster one taken. */
const NEAR_FACTOR = 1.25;
const NEAR_MS = 5;

/** So many requests after a target has lost its lead it is asked again: it may only have hiccuped. */
const RECHECK_AFTER = [3, 9, 21];

type Lead = { count: number; leader: string | null; rechecks: { name: string; at: number }[] };

/** When each target was last sent a request and which leads, to know who is due for exploration. */
export class Explorer {
  private readonly leads = new Map<string, Lead>();
  private readonly lastUsed = new Map<string, number>();
  private clock = 0;

  /** Counts a request of the owner's: whether it explores, and the former leader when that is due. */
  turn(owner: string): { explores: boolean; recheck: string | null } {
    const lead = this.leadOf(owner);
    lead.count += 1;
    const due = lead.rechecks.find(({ at }) => at === lead.count);
    return { explores: lead.count % EXPLORE_EVERY === 0, recheck: due?.name ?? null };
  }

  /** Tells which target is the fastest now. */
  nowLeading(owner: string, name: string): void {
    const lead = this.leadOf(owner);
    const former = lead.leader;
    if (former === name) return;
    lead.leader = name;
    lead.rechecks =
      former === null
        ? []
        : RECHECK_AFTER.map((after) => ({ name: former, at: lead.count + after }));
  }

  used(owner: string, name: string): void {
    this.lastUsed.set(`${owner} ${name}`, (this.clock += 1));
  }

  /** The target that was used longest ago. */
  stalest(owner: string, targets: readonly Target[]): Target | undefined {
    const age = (target: Target): number =>
      this.lastUsed.get(`${owner} ${targetName(target)}`) ?? 0;
    return [...targets].sort((a, b) => age(a) - age(b))[0];
  }

  private leadOf(owner: string): Lead {
    let lead = this.leads.get(owner);
    if (!lead) this.leads.set(owner, (lead = { count: 0, leader: null, rechecks: [] }));
    return lead;
  }
}

type Timed = { target: Target; ms: number | null };

/**
 * Among able targets under `maxLatencyMs`, preferred models first: the power of two random choices
 * (Mitzenmacher 2001) among those about as fast as the best. With none under the bound, the fastest.
 * Unknown targets are tried at once; slow ones get a small share, so that a recovery is noticed.
 */
export function chooseByLatency(
  request: RouteRequest,
  facts: RoutingFacts,
  explorer: Explorer,
  random: () => number,
): Choice {
  const { maxLatencyMs, preferredModels } = request.policy.document.routingPolicy.latencyConfig;
  const { eligible, rejected } = poolOf(request, facts);
  if (eligible.length === 0) return { ordered: [], rejected, reason: 'none' };
  const { tenant, role } = request.principal;
  const stream = request.request.stream === true;
  const timed = eligible.map((target): Timed => ({
    target,
    ms: facts.latencyMs(tenant.id, target, stream),
  }));
  const preferred = new Set(
    preferredModels.flatMap((name) => request.resolve(name).map(targetName)),
  );

  const unknown = timed.filter((each) => each.ms === null);
  const known = timed.filter((each) => each.ms !== null);
  const fast = known.filter((each) => each.ms! <= maxLatencyMs);
  const favoured = fast.filter((each) => preferred.has(targetName(each.target)));
  const chosen =
    pickUnknown(explorer, role.id, unknown, preferred) ??
    (request.dryRun ? undefined : pickExploring(explorer, role.id, timed)) ??
    pickFast(favoured.length > 0 ? favoured : fast, random) ??
    fastest(known.filter((each) => Number.isFinite(each.ms))) ??
    pickStalest(explorer, role.id, timed);
  if (!request.dryRun) explorer.used(role.id, targetName(chosen.target));

  const behind = timed
    .filter((each) => each !== chosen)
    .sort((a, b) => (a.ms ?? Infinity) - (b.ms ?? Infinity));
  return {
    ordered: [chosen, ...behind].map((each) => each.target),
    rejected,
    reason: isMeasured(chosen) ? `${Math.round(chosen.ms)}ms` : 'unmeasured',
  };
}

/**
 * The preferred models and whatever else may answer. A simulator that lists nothing is no competitor, as
 * it would always be the fastest; it answers where nothing else can.
 */
function poolOf(request: RouteRequest, facts: RoutingFacts): Pool {
  const { preferredModels } = request.policy.document.routingPolicy.latencyConfig;
  const named = eligibleTargets(request, facts, [...preferredModels, ...modelNames(request)]);
  if (named.eligible.length > 0) return named;
  const simulated = request.connections
    .filter((each) => isSimulator(each) && each.models.length === 0)
    .flatMap((each) => listedModels(each).map((model) => `${each.name}/${model}`));
  const { eligible, rejected } = eligibleTargets(request, facts, simulated);
  return { eligible, rejected: [...named.rejected, ...rejected] };
}

/** Models that the tenant's connections list; where neither they nor the preferences name any, the allowlist's own names. */
function modelNames(request: RouteRequest): string[] {
  const { routingPolicy, modelRestrictions } = request.policy.document;
  const listed = request.connections.flatMap((each) =>
    each.models.map((model) => `${each.name}/${model}`),
  );
  if (listed.length > 0 || routingPolicy.latencyConfig.preferredModels.length > 0) return listed;
  const named = modelRestrictions.enabled ? modelRestrictions.allowedModels : [];
  return named.filter((name) => !name.includes('*'));
}

function pickUnknown(
  explorer: Explorer,
  owner: string,
  unknown: Timed[],
  preferred: ReadonlySet<string>,
): Timed | undefined {
  const first = unknown.filter((each) => preferred.has(targetName(each.target)));
  const pool = first.length > 0 ? first : unknown;
  return pool.length > 0 ? pickStalest(explorer, owner, pool) : undefined;
}

function pickExploring(explorer: Explorer, owner: string, timed: Timed[]): Timed | undefined {
  if (timed.length < 2) return undefined;
  const best = fastest(timed.filter(isMeasured));
  if (best) explorer.nowLeading(owner, targetName(best.target));
  const { explores, recheck } = explorer.turn(owner);
  const former = timed.find(({ target }) => targetName(target) === recheck);
  return former ?? (explores ? pickStalest(explorer, owner, timed) : undefined);
}

/** @param timed not empty */
function pickStalest(explorer: Explorer, owner: string, timed: Timed[]): Timed {
  const target = explorer.stalest(
    owner,
    timed.map((each) => each.target),
  );
  return timed.find((each) => each.target === target) ?? timed[0]!;
}

function isMeasured(timed: Timed): timed is Timed & { ms: number } {
  return timed.ms !== null && Number.isFinite(timed.ms);
}

function pickFast(fast: Timed[], random: () => number): Timed | undefined {
  const best = fastest(fast);
  if (!best) return undefined;
  const near = fast.filter(
    (each) => each.ms! <= Math.max(best.ms! * NEAR_FACTOR, best.ms! + NEAR_MS),
  );
  const draw = (): Timed => near[Math.min(near.length - 1, Math.floor(random() * near.length))]!;
  return fastest([draw(), draw()]);
}

function fastest(timed: readonly Timed[]): Timed | undefined {
  return [...timed].sort((a, b) => a.ms! - b.ms!)[0];
}
