'use client';

import { get, useFormContext, useFormState, type FieldPath } from 'react-hook-form';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { fieldInfo } from '../model/field-info';
import { errorsBelow } from '../model/resolver';
import { FieldError } from './field-error';

/** Faults in settings that are not in sight, because another choice hides them. */
export function HiddenFaults({ names }: { names: readonly FieldPath<RolePolicy>[] }) {
  const { control } = useFormContext<RolePolicy>();
  const { errors } = useFormState({ control });
  return names.flatMap((name) => {
    const first = errorsBelow(get(errors, name))[0];
    if (!first) return [];
    return [
      <div key={name} data-field={name} tabIndex={-1} className="py-2">
        <FieldError message={`${fieldInfo(name).title}: ${first.message}`} />
      </div>,
    ];
  });
}
