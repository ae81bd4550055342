import { FlaskConical, Server } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { ProviderKind } from '@/lib/gateway/types';
import { KINDS } from './kinds';

/** Marks a kind of provider where space is small. */
export function ProviderIcon({ kind, className }: { kind: ProviderKind; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex size-8 shrink-0 items-center justify-center rounded-md border border-border bg-muted text-xs font-semibold text-muted-foreground [&_svg]:size-4',
        className,
      )}
    >
      {KINDS[kind].monogram ?? (kind === 'sandbox' ? <FlaskConical /> : <Server />)}
    </span>
  );
}
