'use client';

import { Undo2 } from 'lucide-react';
import { useFormContext, type FieldPath } from 'react-hook-form';
import { Hint } from '@/components/ui/tooltip';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useChanges } from '../changes-context';
import { useEditor } from '../editor-context';
import { getAt } from '../model/paths';

/** Marks a field that differs from the stored policy, and puts the stored value back when pressed. */
export function ChangedMark({ name, title }: { name: FieldPath<RolePolicy>; title: string }) {
  const { changes } = useChanges();
  const { saved, readOnly } = useEditor();
  const { setValue } = useFormContext<RolePolicy>();
  const changed = changes.some(({ path }) => path === name || path.startsWith(`${name}.`));
  if (!changed || readOnly) return null;
  const stored = structuredClone(getAt(saved, name.split('.')));
  return (
    <Hint content="Changed. Press to put the saved value back.">
      <button
        type="button"
        aria-label={`Undo the change of ${title}`}
        onClick={() => setValue(name, stored as never, { shouldDirty: true })}
        className="group relative inline-flex size-4 items-center justify-center rounded-sm text-accent after:absolute after:-inset-2"
      >
        <span
          aria-hidden
          className="size-1.5 rounded-full bg-accent group-hover:hidden group-focus-visible:hidden"
        />
        <Undo2
          aria-hidden
          className="hidden size-3.5 group-hover:block group-focus-visible:block"
        />
      </button>
    </Hint>
  );
}
