'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

const MIN_PASSWORD = 12;

type NewPasswordFieldsProps = {
  password: string;
  repeated: string;
  fault: string | undefined;
  onPassword: (password: string) => void;
  onRepeated: (password: string) => void;
};

/** A new password, twice. */
export function NewPasswordFields({
  password,
  repeated,
  fault,
  onPassword,
  onRepeated,
}: NewPasswordFieldsProps) {
  return (
    <>
      <Field label="New password" hint={`At least ${MIN_PASSWORD} characters.`} error={fault}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            minLength={MIN_PASSWORD}
            required
            value={password}
            onChange={(event) => onPassword(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="New password again"
        error={repeated && repeated !== password ? 'The two are not the same.' : undefined}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            required
            value={repeated}
            onChange={(event) => onRepeated(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
