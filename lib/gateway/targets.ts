import type { ModelCatalogue } from './ports';
import type { ProviderConnection, Target } from './types';

/** The name that leaves the choice of model to the role. */
export const AUTO_MODEL = 'auto';

/** Splits `provider/model` at its first slash; a bare name has no provider. */
export function splitModelName(name: string): { provider: string | null; model: string } {
  const slash = name.indexOf('/');
  return slash <= 0 || slash === name.length - 1
    ? { provider: null, model: name }
    : { provider: name.slice(0, slash), model: name.slice(slash + 1) };
}

/**
 * All targets that may serve a name, best first: the connection it names; else every connection that
 * lists it, in the tenant's order; else every connection without a list whose catalogue knows it.
 * A bare name may itself contain slashes (`meta-llama/Llama-3.3-70B`) while no connection bears the
 * name before the first one.
 */
export function resolveTargets(
  connections: readonly ProviderConnection[],
  catalogue: ModelCatalogue,
  name: string,
): Target[] {
  const { provider, model } = splitModelName(name);
  const named = provider === null ? undefined : connections.find((each) => each.name === provider);
  if (named) return offers(named, model) ? [{ connection: named, model }] : [];
  const listing = connections.filter((each) => each.models.includes(name));
  const knowing = connections.filter(
    (each) => each.models.length === 0 && catalogue.serves(each.kind, name),
  );
  return [...listing, ...knowing].map((connection) => ({ connection, model: name }));
}

function offers(connection: ProviderConnection, model: string): boolean {
  return connection.models.length === 0 || connection.models.includes(model);
}

/** Ids of the models a connection offers, as `/v1/models` names them. */
export function modelsOf(
  connection: ProviderConnection,
  catalogue: ModelCatalogue,
): readonly string[] {
  return connection.models.length > 0 ? connection.models : catalogue.list(connection.kind);
}
