'use client';

import { Time } from '@/components/ui/time';
import type { BudgetWindowView, RoleBudget } from '@/lib/client/budgets';
import { BudgetBar } from './budget-bar';
import { type Forecast, forecastOf } from './forecast';
import { approximateUsd, formatUsd } from './format-usd';

const NAMES = { day: 'Today', week: 'This week', month: 'This month' } as const;
const moment = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

type WindowRowProps = { budget: RoleBudget; window: BudgetWindowView; now: number };

/** One window's spend beside its limit, with what becomes of it by its end. */
export function WindowRow({ budget, window, now }: WindowRowProps) {
  const limited = Number(window.limitUsd) > 0;
  const name = NAMES[window.window];
  return (
    <div className="py-3" data-budget-window={window.window}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <span className="text-sm font-medium">{name}</span>
        <span className="text-sm tabular-nums">
          <span className="font-medium" data-budget-settled>
            {formatUsd(window.settledUsd)}
          </span>
          <span className="text-muted-foreground">
            {limited ? ` of ${formatUsd(window.limitUsd)}` : ' · no limit'}
            {limited &&
              window.capUsd !== window.limitUsd &&
              `, up to ${formatUsd(window.capUsd)} with the buffer`}
          </span>
        </span>
      </div>
      {limited && (
        <BudgetBar
          window={window}
          alertThreshold={budget.alertThreshold}
          criticalThreshold={budget.criticalThreshold}
          label={`${name}: spend against the limit`}
        />
      )}
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 text-xs text-muted-foreground">
        <span className="tabular-nums">
          {Number(window.reservedUsd) > 0 && `${formatUsd(window.reservedUsd)} set aside · `}
          resets <Time at={window.resetsAt} />
        </span>
        <ForecastText forecast={forecastOf(window, now)} limit={Number(window.limitUsd)} />
      </div>
    </div>
  );
}

function ForecastText({ forecast, limit }: { forecast: Forecast | null; limit: number }) {
  if (!forecast) return null;
  if (forecast.limitAt !== null)
    return (
      <span className="font-medium text-warning">
        At this pace the limit is reached {moment.format(forecast.limitAt)}
      </span>
    );
  const over = limit > 0 && forecast.endUsd > limit;
  return (
    <span className={over ? 'text-warning' : undefined}>
      At this pace {approximateUsd(forecast.endUsd)} by then
    </span>
  );
}
