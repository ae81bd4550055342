'use client';

import { useEffect, useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import type { PolicyDocument } from '@/lib/client/types';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { byPriority } from './fields/fallback/order';
import type { ApiIssue } from '@/lib/client/api';
import type { FormIssue } from './model/issues';
import { getAt, segmentsOf } from './model/paths';
import { createPolicyChecker } from './model/resolver';

/** Validation waits this long after the last key press. */
const VALIDATION_DELAY_MS = 120;

export type PolicyForm = {
  form: UseFormReturn<RolePolicy>;
  /** The document as it is stored. */
  saved: PolicyDocument;
  /** All faults of what is in the form, shown beside their fields as well. */
  validate: () => Promise<readonly FormIssue[]>;
  /** Takes a document for the stored one; the form shows `values`, or the document itself. */
  accept: (document: PolicyDocument, values?: RolePolicy) => void;
  /** Shows what the server refused beside the fields it refused. */
  refuse: (issues: readonly ApiIssue[]) => Promise<void>;
};

/** A document as the editor shows it: the fallback chain in the order in which it is tried. */
function prepared(document: PolicyDocument): PolicyDocument {
  const { policy } = document;
  const fallbackChain = byPriority(policy.resiliencePolicy.fallbackChain);
  return {
    ...document,
    policy: { ...policy, resiliencePolicy: { ...policy.resiliencePolicy, fallbackChain } },
  };
}

/** One form for the whole policy: it outlives the tabs, which mount and unmount around it. */
export function usePolicyForm(document: PolicyDocument): PolicyForm {
  const [saved, setSaved] = useState(() => prepared(document));
  const [checker] = useState(createPolicyChecker);
  const form = useForm<RolePolicy>({
    defaultValues: structuredClone(saved.policy),
    resolver: checker.resolver,
    // The whole form is validated after each change, below: rules between fields span sections.
    mode: 'onSubmit',
    reValidateMode: 'onSubmit',
    shouldFocusError: false,
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const unsubscribe = form.subscribe({
      formState: { values: true },
      callback: () => {
        clearTimeout(timer);
        timer = setTimeout(() => void form.trigger(), VALIDATION_DELAY_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [form]);

  function accept(next: PolicyDocument, values?: RolePolicy) {
    const stored = prepared(next);
    checker.refused([]);
    setSaved(stored);
    form.reset(structuredClone(values ?? stored.policy));
  }

  async function refuse(issues: readonly ApiIssue[]) {
    const values = form.getValues();
    checker.refused(
      issues.map(({ path, message }) => {
        const segments = segmentsOf(path.replace(/^policy\./, ''), values);
        return { path: segments, message, refused: structuredClone(getAt(values, segments)) };
      }),
    );
    await form.trigger();
  }

  async function validate() {
    await form.trigger();
    return checker.check(form.getValues());
  }

  return { form, saved, validate, accept, refuse };
}
