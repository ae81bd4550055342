'use client';

import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import { describeChange } from '@/lib/policy/describe';
import type { PolicyConflict } from '@/lib/policy/merge';

export type Side = 'mine' | 'theirs';

type MergeTableProps = {
  conflicts: readonly PolicyConflict[];
  choices: Readonly<Record<string, Side>>;
  onChoose: (path: string, side: Side) => void;
};

/** Fields that both sides changed, with a choice for each. */
export function MergeTable({ conflicts, choices, onChoose }: MergeTableProps) {
  return (
    <ul className="flex flex-col gap-2" aria-label="Fields changed by both">
      {conflicts.map(({ path, base, mine, theirs }) => (
        <li key={path} data-conflict={path}>
          <RadioGroup
            aria-label={path}
            value={choices[path] ?? 'mine'}
            onValueChange={(side) => onChoose(path, side as Side)}
            className="gap-0 divide-y divide-border rounded-md border border-border"
          >
            <Option id={`${path}-mine`} side="mine" title="Mine">
              {describeChange({ path, from: base, to: mine })}
            </Option>
            <Option id={`${path}-theirs`} side="theirs" title="Theirs">
              {describeChange({ path, from: base, to: theirs })}
            </Option>
          </RadioGroup>
        </li>
      ))}
    </ul>
  );
}

type OptionProps = { id: string; side: Side; title: string; children: string };

function Option({ id, side, title, children }: OptionProps) {
  return (
    <div className="flex items-start gap-2.5 px-3 py-2">
      <RadioGroupItem id={id} value={side} className="mt-0.5" />
      <Label htmlFor={id} className="flex min-w-0 gap-2 font-normal">
        <span className="w-12 shrink-0 font-medium">{title}</span>
        <span className="min-w-0 break-words">{children}</span>
      </Label>
    </div>
  );
}
