'use client';

import * as RadioGroupPrimitive from '@radix-ui/react-radio-group';
import type { ComponentProps } from 'react';
import type { FieldPathValue } from 'react-hook-form';
import { cn } from '@/components/ui/cn';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { FieldRow } from '../layout/field-row';
import type { StringPath } from '../model/form-types';
import { usePolicyField } from './use-policy-field';

export type Choice = { label: string; help?: string };

type ChoiceFieldProps<P extends StringPath> = {
  name: P;
  /** A text for every value of the enumeration: a forgotten one does not compile. */
  choices: Record<FieldPathValue<RolePolicy, P> & string, Choice>;
  /** `segments` for a few short words, `list` where each needs a sentence. */
  look?: 'segments' | 'list';
};

/** One out of a few, all in sight. */
export function ChoiceField<P extends StringPath>({
  name,
  choices,
  look = 'segments',
}: ChoiceFieldProps<P>) {
  const field = usePolicyField<StringPath>(name);
  const entries: [string, Choice][] = Object.entries(choices);
  const group = {
    'aria-labelledby': field.ids.label,
    'aria-describedby': field.aria['aria-describedby'],
    value: field.value,
    onValueChange: (value: string) => field.onChange(value),
    disabled: field.readOnly,
  };
  return (
    <FieldRow field={field} control="radio" labels="group">
      {look === 'segments' ? (
        <Segments group={group} entries={entries} />
      ) : (
        <List group={group} entries={entries} id={field.ids.control} />
      )}
    </FieldRow>
  );
}

type GroupProps = {
  group: ComponentProps<typeof RadioGroup>;
  entries: readonly (readonly [string, Choice])[];
};

function Segments({ group, entries }: GroupProps) {
  const help = entries.find(([value]) => value === group.value)?.[1].help;
  return (
    <>
      <RadioGroupPrimitive.Root
        {...group}
        orientation="horizontal"
        className="inline-flex w-fit max-w-full flex-wrap gap-0.5 rounded-md border border-border bg-muted p-0.5"
      >
        {entries.map(([value, { label }]) => (
          <RadioGroupPrimitive.Item
            key={value}
            value={value}
            className="h-7 rounded-[5px] border border-transparent px-3 text-sm text-muted-foreground transition-colors hover:text-foreground disabled:cursor-not-allowed data-[state=checked]:border-border data-[state=checked]:bg-card data-[state=checked]:font-medium data-[state=checked]:text-foreground data-[state=checked]:shadow-raised pointer-coarse:h-10"
          >
            {label}
          </RadioGroupPrimitive.Item>
        ))}
      </RadioGroupPrimitive.Root>
      {help && <p className="text-xs text-muted-foreground">{help}</p>}
    </>
  );
}

function List({ group, entries, id }: GroupProps & { id: string }) {
  return (
    <RadioGroup {...group} className="gap-0.5">
      {entries.map(([value, { label, help }]) => (
        <div
          key={value}
          className={cn(
            'flex items-start gap-2.5 rounded-md border border-transparent px-2.5 py-2',
            group.value === value && 'border-border bg-muted/60',
          )}
        >
          <RadioGroupItem
            id={`${id}-${value}`}
            value={value}
            className="mt-0.5"
            aria-describedby={help ? `${id}-${value}-help` : undefined}
          />
          <div className="min-w-0">
            <Label htmlFor={`${id}-${value}`}>{label}</Label>
            {help && (
              <p id={`${id}-${value}-help`} className="text-xs text-muted-foreground">
                {help}
              </p>
            )}
          </div>
        </div>
      ))}
    </RadioGroup>
  );
}
