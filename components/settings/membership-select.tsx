'use client';

import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import { MEMBERSHIP_ROLES, type MembershipRole } from '@/lib/client/types';

const DESCRIPTIONS: Record<MembershipRole, string> = {
  owner: 'Everything, members and the tenant itself included',
  editor: 'Roles, policies, keys and providers',
  viewer: 'Sees everything, changes nothing',
};

type MembershipSelectProps = {
  id?: string;
  value: MembershipRole;
  onChange: (role: MembershipRole) => void;
  disabled?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
};

export function MembershipSelect({
  value,
  onChange,
  disabled,
  className,
  ...aria
}: MembershipSelectProps) {
  return (
    <Select
      value={value}
      disabled={disabled}
      onValueChange={(next) => onChange(MEMBERSHIP_ROLES.find((role) => role === next) ?? value)}
    >
      <SelectTrigger className={className} {...aria}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {MEMBERSHIP_ROLES.map((role) => (
          <SelectItem key={role} value={role} description={DESCRIPTIONS[role]}>
            {role.charAt(0).toUpperCase() + role.slice(1)}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
