'use client';

import { useRef, useState } from 'react';
import type { FieldPath } from 'react-hook-form';
import { toast } from '@/components/ui/toast';
import { ApiError } from '@/lib/client/api';
import { fetchPolicy, useSavePolicy } from '@/lib/client/policy';
import type { PolicyDocument } from '@/lib/client/types';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { firstIssue, type FormIssue } from '../model/issues';
import type { Segments } from '../model/paths';
import type { PolicyForm } from '../use-policy-form';

export type SaveStep =
  | { name: 'editing' }
  | { name: 'review' }
  /** Another save came between; `theirs` is what is stored now. */
  | { name: 'conflict'; theirs: PolicyDocument; comment: string };

export type SaveFlow = {
  step: SaveStep;
  pending: boolean;
  /** Why the last attempt failed, where no field is to blame. */
  failure: string | null;
  /** Validates; opens the review, or goes to the first fault. */
  review: () => Promise<void>;
  /** Saves what is in the form on top of the version it was loaded with. */
  confirm: (comment: string) => Promise<void>;
  /** Answers a conflict: `policy` goes on top of the newer version, null takes theirs and drops mine. */
  resolve: (theirs: PolicyDocument, policy: RolePolicy | null, comment: string) => Promise<void>;
  cancel: () => void;
  /** For the dialogs: leads the focus to a fault instead of back to Save. */
  onCloseAutoFocus: (event: Event) => void;
};

type SaveFlowOptions = PolicyForm & {
  tenantId: string;
  roleId: string;
  goTo: (path: Segments) => void;
};

/** The way of a save: validate, review, send; a conflict or a refusal leads back into the form. */
export function useSaveFlow(options: SaveFlowOptions): SaveFlow {
  const { form, saved, validate, accept, refuse, tenantId, roleId, goTo } = options;
  const [step, setStep] = useState<SaveStep>({ name: 'editing' });
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const fault = useRef<Segments | null>(null);
  const mutation = useSavePolicy(tenantId, roleId);

  function goToFirst(issues: readonly FormIssue[]) {
    setStep({ name: 'editing' });
    const first = firstIssue(issues);
    if (!first) return;
    showAll(form, issues);
    const tabs = new Set(issues.map(({ path }) => path[0])).size;
    toast.error(
      `${count(issues.length, 'error')} in ${count(tabs, 'tab')}. Nothing has been saved.`,
    );
    if (step.name === 'editing') goTo(first.path);
    // A dialog has the focus until it is gone.
    else fault.current = first.path;
  }

  async function review() {
    const issues = await validate();
    if (issues.length > 0) return goToFirst(issues);
    setFailure(null);
    setStep({ name: 'review' });
  }

  async function send(base: PolicyDocument, policy: RolePolicy, comment: string) {
    setPending(true);
    setFailure(null);
    try {
      const stored = await mutation.mutateAsync({ policy, comment, etag: base.etag });
      accept(stored);
      setStep({ name: 'editing' });
      toast.success(
        stored.version === base.version
          ? 'Nothing changed; the version stays as it was.'
          : `Saved as version ${stored.version}. It is in force within a second.`,
      );
    } catch (error) {
      await recover(error, comment);
    } finally {
      setPending(false);
    }
  }

  async function recover(error: unknown, comment: string) {
    if (error instanceof ApiError && error.status === 412) {
      try {
        const theirs = await fetchPolicy(tenantId, roleId);
        setStep({ name: 'conflict', theirs, comment });
      } catch (cause) {
        setFailure(messageOf(cause));
      }
      return;
    }
    if (error instanceof ApiError && error.status === 422 && error.issues.length > 0) {
      await refuse(error.issues);
      goToFirst(await validate());
      return;
    }
    setFailure(messageOf(error));
  }

  return {
    step,
    pending,
    failure,
    review,
    confirm: (comment) => send(saved, form.getValues(), comment),
    resolve: async (theirs, policy, comment) => {
      if (policy === null) {
        accept(theirs);
        setStep({ name: 'editing' });
        toast.success(`Version ${theirs.version} loaded. Your changes were dropped.`);
        return;
      }
      accept(theirs, policy);
      const issues = await validate();
      if (issues.length > 0) return goToFirst(issues);
      await send(theirs, policy, comment);
    },
    onCloseAutoFocus: (event) => {
      const path = fault.current;
      if (!path) return;
      fault.current = null;
      event.preventDefault();
      goTo(path);
    },
    cancel: () => {
      setFailure(null);
      setStep({ name: 'editing' });
    },
  };
}

/** Faults of fields that the user has not been to show themselves, too. */
function showAll(form: PolicyForm['form'], issues: readonly FormIssue[]) {
  for (const { path } of issues) {
    const name = path.join('.') as FieldPath<RolePolicy>;
    if (form.getValues(name) === '') form.setValue(name, '', { shouldTouch: true });
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
