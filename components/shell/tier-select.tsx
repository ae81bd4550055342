'use client';

import type { FieldControl } from '@/components/ui/field';
import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import { TIERS, type Tier } from '@/lib/client/types';
import { TIER_DESCRIPTIONS, TIER_LABELS } from './tier-badge';

type TierSelectProps = FieldControl & {
  value: Tier;
  onChange: (tier: Tier) => void;
  disabled?: boolean;
};

export function TierSelect({ value, onChange, disabled, ...control }: TierSelectProps) {
  return (
    <Select
      value={value}
      disabled={disabled}
      onValueChange={(next) => onChange(TIERS.find((tier) => tier === next) ?? value)}
    >
      <SelectTrigger {...control}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent className="max-w-[calc(100vw-32px)]">
        {TIERS.map((tier) => (
          <SelectItem key={tier} value={tier} description={TIER_DESCRIPTIONS[tier]}>
            {TIER_LABELS[tier]}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
