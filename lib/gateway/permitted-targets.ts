import type { CompiledPolicy } from '@/lib/policy/compile';
import { checkModel } from '@/lib/policy/model/enforce';
import { PerPrincipal } from './per-principal';
import type { ModelCatalogue } from './ports';
import { resolveTargets } from './targets';
import type { Principal, Target } from './types';

/** Targets that may serve a name: all, and those of them that the role may use. Best first. */
export type Resolution = { all: readonly Target[]; permitted: readonly Target[] };

const resolutions = new PerPrincipal<Resolution>();

/** What a model name means for a principal. */
export function resolveFor(
  principal: Principal,
  policy: CompiledPolicy,
  catalogue: ModelCatalogue,
  name: string,
): Resolution {
  return resolutions.get(principal, name, () => {
    const all = resolveTargets(principal.connections, catalogue, name);
    return { all, permitted: all.filter((target) => isPermitted(policy, target)) };
  });
}

/** Whether the model restrictions let the role call a target. */
export function isPermitted(policy: CompiledPolicy, { connection, model }: Target): boolean {
  return checkModel(policy, { provider: connection.name, model }).verdict !== 'deny';
}
