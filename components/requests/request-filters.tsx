'use client';

import { useQuery } from '@tanstack/react-query';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from '@/components/ui/select';
import type { RequestFilter } from '@/lib/client/requests';
import { rolesQuery } from '@/lib/client/roles';
import { REFUSAL_CODES } from './refusal-codes';
import { NO_FILTER } from './use-address';

type Option = readonly [value: string, label: string];

const STATUSES: readonly Option[] = [
  ['2xx', '2xx: answered'],
  ['4xx', '4xx: refused'],
  ['429', '429: over a limit'],
  ['5xx', '5xx: failed'],
];
const CODES: readonly Option[] = REFUSAL_CODES.map((code) => [code, code]);

type RequestFiltersProps = {
  filter: RequestFilter;
  onChange: (change: Partial<RequestFilter>) => void;
};

export function RequestFilters({ filter, onChange }: RequestFiltersProps) {
  const { tenant } = useTenant();
  const roles = useQuery(rolesQuery(tenant.id));
  const filtered = Object.values(filter).some((value) => value !== '');
  return (
    <div className="flex flex-wrap gap-2 border-b border-border p-3">
      <Choice
        label="Status"
        any="Any status"
        options={STATUSES}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      <Choice
        label="Code"
        any="Any code"
        options={CODES}
        value={filter.code}
        onChange={(code) => onChange({ code })}
      />
      <Choice
        label="Role"
        any="All roles"
        options={(roles.data ?? []).map(({ id, name }) => [id, name])}
        value={filter.role}
        onChange={(role) => onChange({ role })}
      />
      {filtered && (
        <Button variant="ghost" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
    </div>
  );
}

// A select's item may not have an empty value.
const ANY = 'any';

type ChoiceProps = {
  label: string;
  /** What stands for no filter. */
  any: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
};

function Choice({ label, any, options, value, onChange }: ChoiceProps) {
  // An address may name what is not offered, such as status 403.
  const known = value === '' || options.some(([each]) => each === value);
  return (
    <Select value={value || ANY} onValueChange={(picked) => onChange(picked === ANY ? '' : picked)}>
      <SelectTrigger aria-label={label} className="w-44 min-w-32 flex-1 sm:flex-none">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ANY}>{any}</SelectItem>
        {!known && <SelectItem value={value}>{value}</SelectItem>}
        {options.map(([each, text]) => (
          <SelectItem key={each} value={each}>
            {text}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
