import { SANDBOX_MODELS } from '@/lib/budget/pricing';
import type { ProviderConnection } from '@/lib/gateway/types';

/**
 * Bare names of the models that a connection lists. The simulator's are known, so a connection to it
 * needs no list; what another provider without a list serves is for the policy to name.
 */
export function listedModels({ kind, models }: ProviderConnection): readonly string[] {
  if (models.length > 0 || !isSimulator({ kind })) return models;
  return SANDBOX_MODELS.map(({ id }) => id);
}

/** Whether a connection leads to the simulator, whose answers are made up. */
export function isSimulator({ kind }: Pick<ProviderConnection, 'kind'>): boolean {
  return kind === 'sandbox';
}
