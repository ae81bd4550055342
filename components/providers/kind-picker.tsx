'use client';

import type { ProviderKind } from '@/lib/gateway/types';
import { KIND_LIST, KINDS } from './kinds';
import { ProviderIcon } from './provider-icon';

/** Every kind of provider as a button. */
export function KindPicker({ onPick }: { onPick: (kind: ProviderKind) => void }) {
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {KIND_LIST.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            onClick={() => onPick(kind)}
            className="flex h-full w-full items-start gap-3 rounded-lg border border-border p-3 text-left transition-colors hover:border-input hover:bg-hover/60"
          >
            <ProviderIcon kind={kind} />
            <span className="flex min-w-0 flex-col">
              <span className="text-sm font-medium">{KINDS[kind].label}</span>
              <span className="text-xs text-muted-foreground">{KINDS[kind].description}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
