import { compileModelRestrictions } from './compile';
import { RESERVED_PROVIDER_NAMES, type ModelTarget } from './match';
import type { ModelRestrictions } from './schema';

/** Stands for any provider that the policy does not name. */
const ANY_OTHER = '*';

/**
 * Whether restrictions leave a name any chance: `provider/model`, or a bare name that some provider
 * may serve. What connections a tenant has is not known here, so a bare name is forbidden only when it
 * is at every provider.
 */
export function mayUse(restrictions: ModelRestrictions, name: string): boolean {
  if (!restrictions.enabled) return true;
  const { allowsModel, allowsProvider } = compileModelRestrictions(restrictions);
  return readings(restrictions, name).some(
    (target) => allowsProvider(target.provider) && allowsModel(target),
  );
}

/** Whether restrictions leave any model of a provider. Wildcards are given the benefit of the doubt. */
export function mayUseProvider(restrictions: ModelRestrictions, provider: string): boolean {
  if (!restrictions.enabled) return true;
  return compileModelRestrictions(restrictions).allowsProvider(provider);
}

function readings(restrictions: ModelRestrictions, name: string): ModelTarget[] {
  const slash = name.indexOf('/');
  const qualified =
    slash > 0 ? [{ provider: name.slice(0, slash), model: name.slice(slash + 1) }] : [];
  if (qualified[0] && RESERVED_PROVIDER_NAMES.has(qualified[0].provider)) return qualified;
  const bare = providersNamed(restrictions).map((provider) => ({ provider, model: name }));
  return [...qualified, ...bare];
}

function providersNamed({ allowedProviders, allowedModels }: ModelRestrictions): string[] {
  if (allowedProviders.length > 0) return allowedProviders;
  const prefixes = allowedModels.flatMap((pattern) => pattern.match(/^[^*/]+(?=\/)/) ?? []);
  return [...prefixes, ANY_OTHER];
}
