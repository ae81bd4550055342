'use client';

import type { ReactNode } from 'react';
import type { FieldPath } from 'react-hook-form';
import { cn } from '@/components/ui/cn';
import { Label } from '@/components/ui/label';
import type { RolePolicy } from '@/lib/policy/role-policy';
import type { PolicyField } from '../fields/use-policy-field';
import { helpText } from '../model/field-info';
import { ChangedMark } from './changed-mark';
import { FieldError } from './field-error';

/** What a row shows of its field, whatever the field holds. */
export type FieldFrame = Pick<
  PolicyField<FieldPath<RolePolicy>>,
  'name' | 'info' | 'ids' | 'error'
>;

type FieldRowProps = {
  field: FieldFrame;
  /** What kind of control it is: tests and "go to the error" find fields by it. */
  control: string;
  /** Whether the label belongs to one input (clicking it focuses it) or names a group of them. */
  labels?: 'input' | 'group';
  /** Keeps a small control at the right of its label where the row would otherwise wrap. */
  inline?: boolean;
  /** Replaces the schema's help, e.g. where the control already says a part of it. */
  help?: ReactNode;
  children: ReactNode;
};

/** One line of a tab: label and help on the left, the control with its error on the right. */
export function FieldRow({
  field,
  control,
  labels = 'input',
  inline = false,
  help,
  children,
}: FieldRowProps) {
  const { info, ids } = field;
  return (
    <div
      data-field={field.name}
      data-control={control}
      className={cn(
        'grid scroll-mt-44 gap-x-8 gap-y-2 py-3.5 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)] lg:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]',
        inline && 'grid-cols-[minmax(0,1fr)_auto]',
      )}
    >
      <div className="flex min-w-0 flex-col gap-0.5">
        <div className="flex min-h-5 items-center gap-2">
          {labels === 'input' ? (
            <Label id={ids.label} htmlFor={ids.control}>
              {info.title}
            </Label>
          ) : (
            <span id={ids.label} className="text-sm leading-5 font-medium">
              {info.title}
            </span>
          )}
          <ChangedMark name={field.name} title={info.title} />
        </div>
        <p id={ids.help} className="max-w-prose text-xs text-muted-foreground">
          {help ?? helpText(info)}
        </p>
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        {children}
        <FieldError id={ids.error} message={field.error} />
      </div>
    </div>
  );
}
