'use client';

import type { FieldControl } from '@/components/ui/field';
import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import { TIER_DESCRIPTIONS, TIER_LABELS } from '@/components/shell/tier-badge';
import { TIERS, type RoleSource, type RoleView } from '@/lib/client/types';

const toValue = (source: RoleSource) =>
  source.kind === 'tier'
    ? `tier:${source.tier}`
    : source.kind === 'role'
      ? `role:${source.id}`
      : 'empty';

function toSource(value: string): RoleSource {
  const tier = TIERS.find((entry) => value === `tier:${entry}`);
  if (tier) return { kind: 'tier', tier };
  return value.startsWith('role:') ? { kind: 'role', id: value.slice(5) } : { kind: 'empty' };
}

type RoleSourceSelectProps = FieldControl & {
  value: RoleSource;
  onChange: (source: RoleSource) => void;
  roles: readonly RoleView[];
};

/** Where a new role's policy comes from. */
export function RoleSourceSelect({ value, onChange, roles, ...control }: RoleSourceSelectProps) {
  return (
    <Select value={toValue(value)} onValueChange={(next) => onChange(toSource(next))}>
      <SelectTrigger {...control}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent className="max-w-[calc(100vw-32px)]">
        <SelectGroup>
          <SelectLabel>Tier defaults</SelectLabel>
          {TIERS.map((tier) => (
            <SelectItem key={tier} value={`tier:${tier}`} description={TIER_DESCRIPTIONS[tier]}>
              {TIER_LABELS[tier]}
            </SelectItem>
          ))}
        </SelectGroup>
        {roles.length > 0 && (
          <SelectGroup>
            <SelectLabel>Copy of a role</SelectLabel>
            {roles.map((role) => (
              <SelectItem key={role.id} value={`role:${role.id}`}>
                {role.name}
              </SelectItem>
            ))}
          </SelectGroup>
        )}
        <SelectGroup>
          <SelectLabel>Nothing</SelectLabel>
          <SelectItem value="empty" description="Every section off: requests pass unchecked">
            Empty policy
          </SelectItem>
        </SelectGroup>
      </SelectContent>
    </Select>
  );
}
