'use client';

import { cn } from '@/components/ui/cn';
import type { BudgetWindowView } from '@/lib/client/budgets';

type BudgetBarProps = {
  window: BudgetWindowView;
  alertThreshold: number;
  criticalThreshold: number;
  label: string;
};

/** How far a window is used: spent, set aside, the buffer behind the limit, and the thresholds as marks. */
export function BudgetBar({ window, alertThreshold, criticalThreshold, label }: BudgetBarProps) {
  const limit = Number(window.limitUsd);
  const spent = Number(window.settledUsd);
  const reserved = Number(window.reservedUsd);
  const cap = Math.max(Number(window.capUsd), limit);
  // Spend beyond the cap, under a policy that only warns, still fits into the picture.
  const scale = Math.max(cap, spent + reserved);
  const share = (usd: number) => `${Math.min(100, (usd / scale) * 100)}%`;
  return (
    <div className="relative pt-1 pb-1">
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(spent, limit)}
        aria-valuetext={`${Math.floor((spent / limit) * 100)} % used`}
        className="relative h-2.5 overflow-hidden rounded-full bg-muted"
      >
        {cap > limit && (
          <div
            className="absolute inset-y-0 bg-[repeating-linear-gradient(135deg,var(--warning)_0_2px,transparent_2px_6px)] opacity-50"
            style={{ left: share(limit), width: share(cap - limit) }}
          />
        )}
        <div
          className="absolute inset-y-0 bg-[repeating-linear-gradient(135deg,var(--accent)_0_3px,transparent_3px_6px)] opacity-60 transition-[left,width] duration-500"
          style={{ left: share(spent), width: share(reserved) }}
        />
        <div
          className={cn(
            'absolute inset-y-0 left-0 rounded-full transition-[width] duration-500',
            fillOf(spent / limit, alertThreshold, criticalThreshold),
          )}
          style={{ width: share(spent) }}
        />
      </div>
      <Mark
        at={share(limit * alertThreshold)}
        title={`Warning from ${percent(alertThreshold)}`}
        hidden={alertThreshold === 0}
        className="bg-warning"
      />
      <Mark
        at={share(limit * criticalThreshold)}
        title={`Critical from ${percent(criticalThreshold)}`}
        hidden={criticalThreshold === 0}
        className="bg-destructive"
      />
      {scale > limit && <Mark at={share(limit)} title="The limit" className="bg-foreground" />}
    </div>
  );
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

function Mark({
  at,
  title,
  hidden = false,
  className,
}: {
  at: string;
  title: string;
  hidden?: boolean;
  className: string;
}) {
  if (hidden) return null;
  return (
    <span
      aria-hidden
      title={title}
      className={cn('absolute top-0 h-[18px] w-0.5 -translate-x-1/2 rounded-full', className)}
      style={{ left: at }}
    />
  );
}

function fillOf(used: number, warning: number, critical: number): string {
  if (used >= 1 || (critical > 0 && used >= critical)) return 'bg-destructive';
  return warning > 0 && used >= warning ? 'bg-warning' : 'bg-accent';
}
