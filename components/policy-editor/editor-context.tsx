'use client';

import { createContext, useContext, type ReactNode } from 'react';
import type { RolePolicy } from '@/lib/policy/role-policy';

export type EditorContextValue = {
  tenantId: string;
  roleId: string;
  /** Viewers see every field and change none. */
  readOnly: boolean;
  /** The policy as it is stored, which the form's values are compared with. */
  saved: RolePolicy;
};

const EditorContext = createContext<EditorContextValue | null>(null);

export function EditorContextProvider({
  value,
  children,
}: {
  value: EditorContextValue;
  children: ReactNode;
}) {
  return <EditorContext.Provider value={value}>{children}</EditorContext.Provider>;
}

/** What every field of the editor needs to know besides its own value. */
export function useEditor(): EditorContextValue {
  const value = useContext(EditorContext);
  if (!value) throw new Error('Fields of the policy editor work only inside it.');
  return value;
}
