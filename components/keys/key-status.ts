import type { KeyView } from '@/lib/client/types';

export type KeyStatus = 'active' | 'expiring' | 'expired' | 'revoked';

const EXPIRING_MS = 7 * 86_400_000;

/** What a key is worth at `now`; `expiring` means within seven days. */
export function keyStatus(
  key: Pick<KeyView, 'expiresAt' | 'revokedAt'>,
  now: Date = new Date(),
): KeyStatus {
  if (key.revokedAt) return 'revoked';
  if (!key.expiresAt) return 'active';
  const left = new Date(key.expiresAt).getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left < EXPIRING_MS ? 'expiring' : 'active';
}

/** Whether the gateway takes a key of this status. */
export const isUsable = (status: KeyStatus) => status === 'active' || status === 'expiring';
