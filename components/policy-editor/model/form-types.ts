import type { FieldPathByValue } from 'react-hook-form';
import type { RolePolicy } from '@/lib/policy/role-policy';

/** Names of the form's fields by what they hold; a misspelt one does not compile. */
export type NumberPath = FieldPathByValue<RolePolicy, number>;
export type BooleanPath = FieldPathByValue<RolePolicy, boolean>;
export type StringPath = FieldPathByValue<RolePolicy, string>;
export type StringListPath = FieldPathByValue<RolePolicy, string[]>;
