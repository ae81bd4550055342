import type { ProviderKind } from '@/lib/gateway/types';

/** The kind itself, or with the first number that makes it free: `openai`, `openai-2`. */
export function freeName(kind: ProviderKind, taken: readonly string[]): string {
  if (!taken.includes(kind)) return kind;
  let number = 2;
  while (taken.includes(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}
