import type { Principal } from './types';

/** Names come from callers, so what is remembered of them is bounded. */
const MAX_NAMES = 256;

/**
 * Remembers what follows from a principal and a name alone. A principal is shared by the requests of
 * a key and replaced when anything about it changes, so what is remembered is never out of date.
 */
export class PerPrincipal<T> {
  private readonly known = new WeakMap<Principal, Map<string, T>>();

  get(principal: Principal, name: string, make: () => T): T {
    let names = this.known.get(principal);
    if (!names) this.known.set(principal, (names = new Map()));
    let value = names.get(name);
    if (value === undefined) {
      value = make();
      if (names.size >= MAX_NAMES) names.clear();
      names.set(name, value);
    }
    return value;
  }
}
