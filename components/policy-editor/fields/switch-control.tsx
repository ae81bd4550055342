'use client';

import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import type { BooleanPath } from '../model/form-types';
import { usePolicyField } from './use-policy-field';

/** The switch in a section's or group's header, with its state in words. */
export function SwitchControl({ name, subject }: { name: BooleanPath; subject: string }) {
  const { ids, aria, info, value, onChange, onBlur, readOnly } = usePolicyField(name);
  return (
    <div data-field={name} data-control="switch" className="flex shrink-0 items-center gap-2">
      <Label htmlFor={ids.control} className="min-w-[3.75rem] text-right text-xs">
        <span aria-hidden className={value ? undefined : 'text-muted-foreground'}>
          {value ? 'Enabled' : 'Off'}
        </span>
        <span className="sr-only">{subject}</span>
      </Label>
      <Switch
        id={ids.control}
        {...aria}
        checked={value}
        onCheckedChange={onChange}
        onBlur={onBlur}
        disabled={readOnly}
      />
      <span id={ids.help} className="sr-only">
        {info.description}
      </span>
    </div>
  );
}
