import { FlaskConical, Server } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { ProviderKind } from '@/lib/gateway/types';
import { KINDS } from './kinds';

/** A monogram; companies' logos are theirs. */
export function ProviderIcon({ kind, className }: { kind: ProviderKind; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex size-8 shrink-0 items-center justify-center rounded-md border border-border bg-muted text-xs font-semibold text-muted-foreground [&_svg]:size-4',
        className,
      )}
    >
      {kind === 'sandbox' ? (
        <FlaskConical />
      ) : kind === 'ollama' || kind === 'openai-compatible' ? (
        <Server />
      ) : (
        KINDS[kind].label.replace(/^(Google|Amazon|Azure) /, '').slice(0, 2)
      )}
    </span>
  );
}
