'use client';

import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Slider } from '@/components/ui/slider';
import { evenOut, sumOf, withoutKey } from '../format/weights';
import { FieldError } from '../layout/field-error';
import { FieldRow } from '../layout/field-row';
import { keyFault } from '../model/field-info';
import { useTargetSuggestions } from '../suggest/use-suggestion-sources';
import { AddKey } from './add-key';
import { NumberInput } from './number-input';
import { usePolicyField } from './use-policy-field';

const NAME = 'routingPolicy.weightedConfig.weights';

/** Shares of providers or models in whole percent, with their running sum. */
export function WeightsField() {
  const field = usePolicyField(NAME);
  const { value, onChange, readOnly, issues, ids, error } = field;
  const [wanted, setWanted] = useState(false);
  const suggestions = useTargetSuggestions(wanted);
  const fault = useMemo(() => keyFault(NAME), []);
  const targets = Object.keys(value);
  const sum = sumOf(value);

  return (
    <FieldRow field={field} control="weights" labels="group">
      {targets.length > 0 && (
        <ul aria-labelledby={ids.label} className="flex flex-col gap-1">
          {targets.map((target) => {
            const issue = issues.find(({ path }) => path[0] === target)?.message;
            const issueId = `${ids.error}-${target}`;
            const weight = value[target] ?? 0;
            return (
              <li key={target} data-key={target} className="flex flex-col gap-1">
                <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 sm:grid-cols-[minmax(0,12rem)_minmax(0,1fr)_auto_auto]">
                  <span className="truncate font-mono text-xs">{target}</span>
                  <Slider
                    aria-label={`Weight of ${target}`}
                    formatValue={(percent) => `${percent} percent`}
                    className="order-last col-span-3 sm:order-none sm:col-span-1"
                    value={[Number.isFinite(weight) ? weight : 0]}
                    onValueChange={([next = 0]) => onChange({ ...value, [target]: next })}
                    min={0}
                    max={100}
                    step={1}
                    disabled={readOnly}
                  />
                  <NumberInput
                    aria-label={`Weight of ${target} in percent`}
                    aria-describedby={issue ? issueId : ids.help}
                    aria-invalid={issue || error ? true : undefined}
                    className="w-20"
                    value={weight}
                    onChange={(next) => onChange({ ...value, [target]: next })}
                    min={0}
                    max={100}
                    unit="%"
                    disabled={readOnly}
                  />
                  {readOnly ? (
                    <span />
                  ) : (
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`Remove ${target}`}
                      className="text-muted-foreground"
                      onClick={() => onChange(withoutKey(value, target))}
                    >
                      <X />
                    </Button>
                  )}
                </div>
                <FieldError id={issueId} message={issue} />
              </li>
            );
          })}
        </ul>
      )}
      {targets.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <Badge variant={sum === 100 ? 'success' : 'warning'} role="status" data-weights-sum>
            {sumText(sum)}
          </Badge>
          {!readOnly && (
            <Button variant="outline" size="sm" onClick={() => onChange(evenOut(targets))}>
              Even out
            </Button>
          )}
        </div>
      )}
      {readOnly && targets.length === 0 && <p className="text-sm text-muted-foreground">None</p>}
      {!readOnly && (
        <AddKey
          noun="target"
          label="Provider or model to give a weight"
          placeholder="openai or openai/gpt-4o"
          taken={targets}
          fault={fault}
          suggestions={suggestions}
          onFocus={() => setWanted(true)}
          onAdd={(target) => onChange({ ...value, [target]: Math.max(0, 100 - sum) })}
        />
      )}
    </FieldRow>
  );
}

function sumText(sum: number): string {
  if (sum === 100) return 'Sum 100 %';
  const distance = Math.abs(100 - sum);
  return `Sum ${sum} %: ${distance} ${sum < 100 ? 'missing' : 'too many'}, must be 100`;
}
