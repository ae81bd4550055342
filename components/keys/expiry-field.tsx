'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import { EXPIRY_CHOICES, type ExpiryChoice } from './expiry';

type ExpiryFieldProps = {
  choice: ExpiryChoice;
  date: string;
  onChange: (choice: ExpiryChoice, date: string) => void;
  error?: string;
};

/** When a key or token ends: a span, or a day of one's own. */
export function ExpiryField({ choice, date, onChange, error }: ExpiryFieldProps) {
  const [tomorrow] = useState(() => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Expires" error={choice === 'date' ? undefined : error}>
        {(control) => (
          <Select
            value={choice}
            onValueChange={(next) =>
              onChange(EXPIRY_CHOICES.find((entry) => entry.value === next)?.value ?? choice, date)
            }
          >
            <SelectTrigger {...control}>
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {EXPIRY_CHOICES.map((entry) => (
                <SelectItem key={entry.value} value={entry.value}>
                  {entry.label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
      {choice === 'date' && (
        <Field label="Last day" error={error}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={tomorrow}
              required
              value={date}
              onChange={(event) => onChange(choice, event.target.value)}
            />
          )}
        </Field>
      )}
    </div>
  );
}
