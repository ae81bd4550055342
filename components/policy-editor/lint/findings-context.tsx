'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { lintQuery } from '@/lib/client/lint';
import type { Finding } from '@/lib/policy/lint/finding';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useEditor } from '../editor-context';
import { findIssues } from '../model/issues';
import { useSettled } from './use-settled';

/** Longer than the validation's delay: what does not parse is not asked about. */
const LINT_DELAY_MS = 500;

export type FindingsState = {
  findings: readonly Finding[];
  /** `checking`: an answer to an earlier state of the form is shown; `invalid`: errors come first. */
  state: 'current' | 'checking' | 'invalid' | 'failed';
};

const FindingsContext = createContext<FindingsState | null>(null);

/** Lints the form as it stands, saved or not, once for everyone who shows findings. */
export function FindingsProvider({ children }: { children: ReactNode }) {
  const { control } = useFormContext<RolePolicy>();
  const { tenantId, roleId } = useEditor();
  const values = useWatch({ control }) as RolePolicy;
  const policy = useSettled(values, LINT_DELAY_MS);
  const valid = useMemo(() => findIssues(policy).length === 0, [policy]);
  const { data, isError, isFetching } = useQuery({
    ...lintQuery(tenantId, roleId, policy),
    enabled: valid,
    retry: false,
  });
  const value = useMemo<FindingsState>(() => {
    const pending = isFetching || policy !== values;
    const state = !valid ? 'invalid' : isError ? 'failed' : pending ? 'checking' : 'current';
    return { findings: data ?? [], state };
  }, [data, isError, isFetching, policy, valid, values]);
  return <FindingsContext.Provider value={value}>{children}</FindingsContext.Provider>;
}

export function useFindings(): FindingsState {
  const value = useContext(FindingsContext);
  if (!value) throw new Error('useFindings() works only inside the policy editor.');
  return value;
}
