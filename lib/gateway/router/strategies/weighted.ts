import type { RouteRequest } from '@/lib/gateway/ports';
import type { Target } from '@/lib/gateway/types';
import { obstacle, budgetNeedsPrice, eligibleTargets, rejection } from '../eligibility';
import type { RoutingFacts } from '../facts';
import { listedModels } from '../listed-models';
import type { Choice } from './choice';

type Share = { key: string; weight: number; targets: Target[] };

/**
 * Smooth weighted round robin (as in nginx's upstream module): over any run of requests each share is
 * within one of its weight. One state a role.
 */
export class WeightedRotation {
  private readonly current = new Map<string, Map<string, number>>();

  /** Takes the next key of those offered; weights need not sum to 100, so one that is left out gives its share to the others in proportion. With `peek` nobody's turn passes. */
  next(
    owner: string,
    shares: readonly { key: string; weight: number }[],
    peek = false,
  ): string | null {
    const known = this.current.get(owner);
    const state = peek ? new Map(known) : (known ?? new Map<string, number>());
    if (!peek) this.current.set(owner, state);
    let total = 0;
    let best: string | null = null;
    for (const { key, weight } of shares) {
      if (weight <= 0) continue;
      total += weight;
      state.set(key, (state.get(key) ?? 0) + weight);
      if (best === null || state.get(key)! > state.get(best)!) best = key;
    }
    if (best !== null) state.set(best, state.get(best)! - total);
    for (const key of state.keys())
      if (!shares.some((share) => share.key === key)) state.delete(key);
    return best;
  }
}

/** The next target by fixed shares; the other shares, heaviest first, stand behind it. */
export function chooseByWeight(
  request: RouteRequest,
  facts: RoutingFacts,
  rotation: WeightedRotation,
): Choice {
  const { weights } = request.policy.document.routingPolicy.weightedConfig;
  const rejected: Choice['rejected'] = [];
  const shares: Share[] = [];
  for (const [key, weight] of Object.entries(weights)) {
    if (weight === 0) continue;
    const pool = poolOf(request, facts, key);
    rejected.push(...pool.rejected);
    if (pool.eligible.length > 0) shares.push({ key, weight, targets: pool.eligible });
  }
  const taken = rotation.next(request.principal.role.id, shares, request.dryRun);
  if (taken === null) return { ordered: [], rejected, reason: 'none' };
  const first = shares.find((share) => share.key === taken)!;
  const others = shares.filter((share) => share !== first).sort((a, b) => b.weight - a.weight);
  return { ordered: [first, ...others].flatMap((share) => share.targets), rejected, reason: taken };
}

/**
 * A weight's key is a provider or `provider/model`. A provider gets the model the request names if it
 * serves that, else the role's default model, else the first model its connection lists.
 */
function poolOf(request: RouteRequest, facts: RoutingFacts, key: string) {
  const connection = request.connections.find((each) => each.name === key);
  if (!connection) return eligibleTargets(request, facts, [key]);
  const { defaultModel } = request.policy.document.modelRestrictions;
  const wanted = [request.request.model ?? '', defaultModel, ...listedModels(connection)]
    .map((name) => (name.startsWith(`${key}/`) ? name.slice(key.length + 1) : name))
    .filter((name) => name !== '' && name !== 'auto');
  for (const name of wanted) {
    const own = request.resolve(`${key}/${name}`);
    const target = own[0];
    if (!target) continue;
    const reason = obstacle(request, facts, target, budgetNeedsPrice(request));
    if (reason === null) return { eligible: [target], rejected: [] };
    return { eligible: [], rejected: [rejection(target, reason)] };
  }
  const reason =
    'no permitted model: list models on the connection, set a default model, or weigh provider/model';
  return { eligible: [], rejected: [{ provider: key, model: '*', taken: false, reason }] };
}
