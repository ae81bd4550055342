'use client';

import { useFormContext, useWatch, type FieldPath, type FieldPathValue } from 'react-hook-form';
import type { RolePolicy } from '@/lib/policy/role-policy';

/** The current value of a field, for what depends on it. */
export function useFieldValue<P extends FieldPath<RolePolicy>>(
  name: P,
): FieldPathValue<RolePolicy, P> {
  const { control } = useFormContext<RolePolicy>();
  return useWatch({ control, name });
}
