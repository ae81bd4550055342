'use client';

import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { diffPolicies, type PolicyChange } from '@/lib/policy/diff';
import { POLICY_KINDS, type PolicyKind, type RolePolicy } from '@/lib/policy/role-policy';
import { useEditor } from './editor-context';

type ChangesContextValue = {
  /** What differs from the stored policy, in the editor's order. */
  changes: readonly PolicyChange[];
  byKind: Readonly<Record<PolicyKind, number>>;
};

const ChangesContext = createContext<ChangesContextValue | null>(null);

/** Compares the form with the stored policy once for everyone who shows the difference. */
export function ChangesProvider({ children }: { children: ReactNode }) {
  const { control } = useFormContext<RolePolicy>();
  const { saved } = useEditor();
  const values = useWatch({ control }) as RolePolicy;
  const value = useMemo(() => {
    const changes = diffPolicies(saved, values);
    const byKind = Object.fromEntries(
      POLICY_KINDS.map((kind) => [
        kind,
        changes.filter(({ path }) => path.startsWith(`${kind}.`)).length,
      ]),
    ) as Record<PolicyKind, number>;
    return { changes, byKind };
  }, [saved, values]);
  return <ChangesContext.Provider value={value}>{children}</ChangesContext.Provider>;
}

export function useChanges(): ChangesContextValue {
  const value = useContext(ChangesContext);
  if (!value) throw new Error('useChanges() works only inside the policy editor.');
  return value;
}
