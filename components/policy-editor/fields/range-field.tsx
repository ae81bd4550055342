'use client';

import { cn } from '@/components/ui/cn';
import { Slider } from '@/components/ui/slider';
import { formatNumber, tidy } from '../format/number';
import { ChangedMark } from '../layout/changed-mark';
import { FieldError } from '../layout/field-error';
import type { NumberPath } from '../model/form-types';
import { NumberInput } from './number-input';
import { usePolicyField, type PolicyField } from './use-policy-field';

type RangeFieldProps = {
  /** The two thresholds, the lower one first. */
  low: NumberPath;
  high: NumberPath;
  /** What lies below, between and above them. */
  zones: readonly [string, string, string];
  /** Shows shares as percent. */
  percent?: boolean;
};

/** Two thresholds of one scale: a slider with two thumbs that cannot cross, and an input for each. */
export function RangeField({ low, high, zones, percent = false }: RangeFieldProps) {
  const fields = [usePolicyField(low), usePolicyField(high)] as const;
  const values = fields.map(({ value }) => (Number.isFinite(value) ? value : 0));
  const say = (value: number) =>
    percent ? `${formatNumber(tidy(value * 100))} percent` : formatNumber(value, 2);

  function move(next: number[]) {
    fields.forEach((field, index) => {
      const value = tidy(next[index] ?? 0);
      if (value !== field.value) field.onChange(value);
    });
  }

  return (
    <div className="flex flex-col gap-4 py-4">
      <div>
        <Zones zones={zones} low={values[0] ?? 0} high={values[1] ?? 1} />
        <Slider
          thumbLabels={fields.map(({ info }) => info.title)}
          formatValue={say}
          value={values}
          onValueChange={move}
          min={0}
          max={1}
          step={0.01}
          preserveThumbOrder
          disabled={fields[0].readOnly}
        />
      </div>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {fields.map((field) => (
          <Threshold key={field.name} field={field} percent={percent} />
        ))}
      </div>
    </div>
  );
}

function Zones({ zones, low, high }: { zones: readonly string[]; low: number; high: number }) {
  const widths = [low, Math.max(0, high - low), Math.max(0, 1 - Math.max(low, high))];
  const tones = ['text-success', 'text-warning', 'text-destructive'];
  return (
    <div aria-hidden className="flex text-xs">
      {zones.map((zone, index) => (
        <span
          key={zone}
          style={{ flexBasis: `${(widths[index] ?? 0) * 100}%` }}
          className={cn('min-w-fit px-1 text-center font-medium', tones[index])}
        >
          {zone}
        </span>
      ))}
    </div>
  );
}

function Threshold({ field, percent }: { field: PolicyField<NumberPath>; percent: boolean }) {
  const { info, ids, aria, value, onChange, onBlur, readOnly, error, name } = field;
  const scale = percent ? 100 : 1;
  return (
    <div
      data-field={name}
      data-control={percent ? 'percent' : 'number'}
      className="flex min-w-0 scroll-mt-44 items-start justify-between gap-4"
    >
      <div className="flex min-w-0 flex-col gap-0.5">
        <div className="flex items-center gap-2">
          <label id={ids.label} htmlFor={ids.control} className="text-sm leading-5 font-medium">
            {info.title}
          </label>
          <ChangedMark name={name} title={info.title} />
        </div>
        <p id={ids.help} className="text-xs text-muted-foreground">
          {info.description}
        </p>
        <FieldError id={ids.error} message={error} />
      </div>
      <NumberInput
        id={ids.control}
        {...aria}
        className="w-24 shrink-0"
        value={tidy(value * scale)}
        onChange={(next) => onChange(tidy(next / scale))}
        onBlur={onBlur}
        min={(info.min ?? 0) * scale}
        max={(info.max ?? 1) * scale}
        step={percent ? 1 : 0.01}
        minDecimals={percent ? 0 : 2}
        unit={percent ? '%' : undefined}
        disabled={readOnly}
      />
    </div>
  );
}
