'use client';

import { useId } from 'react';
import {
  get,
  useController,
  useFormContext,
  useFormState,
  type FieldPath,
  type FieldPathValue,
} from 'react-hook-form';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useEditor } from '../editor-context';
import { fieldInfo, type FieldInfo } from '../model/field-info';
import type { FormIssue } from '../model/issues';
import { errorsBelow } from '../model/resolver';

export type PolicyField<P extends FieldPath<RolePolicy>> = {
  name: P;
  info: FieldInfo;
  value: FieldPathValue<RolePolicy, P>;
  onChange: (value: FieldPathValue<RolePolicy, P>) => void;
  onBlur: () => void;
  readOnly: boolean;
  /** Faults of the field and of what lies in it; `path` starts below the field. */
  issues: readonly FormIssue[];
  /** The first fault of the field as a whole. */
  error: string | undefined;
  ids: { control: string; label: string; help: string; error: string };
  /** For the control: which element explains it and whether it is at fault. */
  aria: { 'aria-describedby': string; 'aria-invalid': true | undefined };
};

/** Schema path of a form path: indexes become `*`. */
function schemaPath(name: string): string {
  return name.replace(/\.\d+(?=\.|$)/g, '.*');
}

/** Label, help and faults of a field, without taking part in its value. */
export function useFieldFrame<P extends FieldPath<RolePolicy>>(
  name: P,
): Omit<PolicyField<P>, 'value' | 'onChange' | 'onBlur'> {
  const { control } = useFormContext<RolePolicy>();
  const { errors } = useFormState({ control });
  const { readOnly } = useEditor();
  const id = useId();
  const issues = errorsBelow(get(errors, name));
  const ids = { control: id, label: `${id}-label`, help: `${id}-help`, error: `${id}-error` };
  return {
    name,
    info: fieldInfo(schemaPath(name)),
    readOnly,
    issues,
    error: issues.find((issue) => issue.path.length === 0)?.message,
    ids,
    aria: {
      'aria-describedby': issues.length > 0 ? `${ids.error} ${ids.help}` : ids.help,
      'aria-invalid': issues.length > 0 ? true : undefined,
    },
  };
}

const NO_FAULT = { issues: [], error: undefined };

/** All of a field of the policy: its value, too. */
export function usePolicyField<P extends FieldPath<RolePolicy>>(name: P): PolicyField<P> {
  const { control } = useFormContext<RolePolicy>();
  const { field, fieldState } = useController({ control, name });
  const frame = useFieldFrame(name);
  // What has just been added is empty; it is no fault before the user has been there.
  const untouched = field.value === '' && !fieldState.isTouched;
  return {
    ...frame,
    ...(untouched ? { ...NO_FAULT, aria: { ...frame.aria, 'aria-invalid': undefined } } : {}),
    value: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
  };
}
