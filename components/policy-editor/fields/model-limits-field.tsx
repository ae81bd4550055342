'use client';

import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { withoutKey } from '../format/weights';
import { FieldError } from '../layout/field-error';
import { FieldRow } from '../layout/field-row';
import { fieldInfo, keyFault } from '../model/field-info';
import { useModelSuggestions } from '../suggest/use-suggestion-sources';
import { AddKey } from './add-key';
import { NumberInput } from './number-input';
import { usePolicyField } from './use-policy-field';

const NAME = 'rateLimitPolicy.perModel';
const LIMITS = ['requestsPerMinute', 'tokensPerMinute'] as const;

/** Further limits for models that match a pattern: one line each. */
export function ModelLimitsField() {
  const field = usePolicyField(NAME);
  const { value, onChange, readOnly, issues, ids } = field;
  const [wanted, setWanted] = useState(false);
  const suggestions = useModelSuggestions(wanted, true);
  const fault = useMemo(() => keyFault(NAME), []);
  const patterns = Object.keys(value);

  return (
    <FieldRow field={field} control="model-limits" labels="group">
      {patterns.length > 0 && (
        <ul aria-labelledby={ids.label} className="flex flex-col gap-2">
          {patterns.map((pattern) => (
            <li
              key={pattern}
              data-key={pattern}
              className="flex flex-col gap-2 rounded-md border border-border p-2.5"
            >
              <div className="flex items-center justify-between gap-2">
                <span className="min-w-0 truncate font-mono text-xs font-medium">{pattern}</span>
                {!readOnly && (
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Remove the limits of ${pattern}`}
                    className="text-muted-foreground"
                    onClick={() => onChange(withoutKey(value, pattern))}
                  >
                    <X />
                  </Button>
                )}
              </div>
              <div className="grid gap-3 sm:grid-cols-2">
                {LIMITS.map((limit) => {
                  const info = fieldInfo(`${NAME}.*.${limit}`);
                  const issue = issues.find(
                    ({ path }) => path[0] === pattern && path[1] === limit,
                  )?.message;
                  const issueId = `${ids.error}-${pattern}-${limit}`;
                  const limits = value[pattern];
                  return (
                    <div key={limit} className="flex min-w-0 flex-col gap-1">
                      <span aria-hidden className="text-xs text-muted-foreground">
                        {info.title}
                      </span>
                      <NumberInput
                        aria-label={`${info.title} of ${pattern}`}
                        aria-describedby={issue ? issueId : ids.help}
                        aria-invalid={issue ? true : undefined}
                        className="w-full"
                        value={limits?.[limit] ?? 0}
                        onChange={(next) =>
                          limits && onChange({ ...value, [pattern]: { ...limits, [limit]: next } })
                        }
                        min={info.min}
                        max={info.max}
                        unit={info.unit}
                        disabled={readOnly}
                      />
                      <FieldError id={issueId} message={issue} />
                    </div>
                  );
                })}
              </div>
            </li>
          ))}
        </ul>
      )}
      {readOnly && patterns.length === 0 && <p className="text-sm text-muted-foreground">None</p>}
      {!readOnly && (
        <AddKey
          noun="model"
          label="Model or pattern to limit"
          placeholder="openai/gpt-4o or openai/*"
          taken={patterns}
          fault={fault}
          suggestions={suggestions}
          onFocus={() => setWanted(true)}
          onAdd={(pattern) =>
            onChange({ ...value, [pattern]: { requestsPerMinute: 0, tokensPerMinute: 0 } })
          }
        />
      )}
    </FieldRow>
  );
}
