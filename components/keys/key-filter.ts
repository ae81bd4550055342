import type { KeyView } from '@/lib/client/types';
import { isUsable, keyStatus } from './key-status';

export type KeyFilter = {
  /** Part of the name or the prefix. */
  text: string;
  /** Id of a role, or `all`. */
  role: string;
  status: 'all' | 'usable' | 'expired' | 'revoked';
};

export const NO_FILTER: KeyFilter = { text: '', role: 'all', status: 'all' };

/** The keys that a filter leaves, in their order; text is looked for in name and prefix. */
export function filterKeys(
  keys: readonly KeyView[],
  filter: KeyFilter,
  now: Date = new Date(),
): KeyView[] {
  const text = filter.text.trim().toLowerCase();
  return keys.filter((key) => {
    const status = keyStatus(key, now);
    if (filter.role !== 'all' && key.role.id !== filter.role) return false;
    if (filter.status === 'usable' && !isUsable(status)) return false;
    if (filter.status !== 'all' && filter.status !== 'usable' && status !== filter.status) {
      return false;
    }
    return text === '' || `${key.name} ${key.prefix}`.toLowerCase().includes(text);
  });
}
