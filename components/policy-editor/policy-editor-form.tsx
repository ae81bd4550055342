'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { FormProvider } from 'react-hook-form';
import { toast } from '@/components/ui/toast';
import type { PolicyDocument } from '@/lib/client/types';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { ChangesProvider, useChanges } from './changes-context';
import { DiscardDialog } from './discard-dialog';
import { EditorContextProvider } from './editor-context';
import { EditorHeader } from './editor-header';
import { HistoryDrawer } from './history/history-drawer';
import { LeaveGuard } from './leave/leave-guard';
import { FindingsProvider } from './lint/findings-context';
import { FindingsPanel } from './lint/findings-panel';
import { focusField } from './model/focus-field';
import type { Segments } from './model/paths';
import { PolicyTabs } from './policy-tabs';
import { ConflictDialog } from './save/conflict-dialog';
import { ReviewDialog } from './save/review-dialog';
import { useSaveFlow } from './save/use-save-flow';
import { usePolicyForm, type PolicyForm } from './use-policy-form';
import { useTabHash } from './use-tab-hash';

type PolicyEditorFormProps = {
  tenantId: string;
  roleId: string;
  roleName: string;
  readOnly: boolean;
  document: PolicyDocument;
};

/** The editor of one loaded policy: one form, eight tabs, one Save. */
export function PolicyEditorForm({ document, ...context }: PolicyEditorFormProps) {
  const policyForm = usePolicyForm(document);
  const { tenantId, roleId, readOnly } = context;
  return (
    <EditorContextProvider value={{ tenantId, roleId, readOnly, saved: policyForm.saved.policy }}>
      <FormProvider {...policyForm.form}>
        <ChangesProvider>
          <FindingsProvider>
            <Workbench {...context} policyForm={policyForm} />
          </FindingsProvider>
        </ChangesProvider>
      </FormProvider>
    </EditorContextProvider>
  );
}

type WorkbenchProps = Omit<PolicyEditorFormProps, 'document'> & { policyForm: PolicyForm };

function Workbench({ tenantId, roleId, roleName, readOnly, policyForm }: WorkbenchProps) {
  const { form, saved, accept } = policyForm;
  const { changes } = useChanges();
  const [tab, setTab] = useTabHash();
  const [discarding, setDiscarding] = useState(false);
  const [history, setHistory] = useState(false);

  function goTo(path: Segments) {
    const kind = POLICY_KINDS.find((name) => name === path[0]);
    // The field must be on the page before it can take the focus.
    if (kind) flushSync(() => setTab(kind));
    focusField(path);
  }

  const save = useSaveFlow({ ...policyForm, tenantId, roleId, goTo });
  const editing = save.step.name === 'editing';

  const onShortcut = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's')
      return;
    event.preventDefault();
    if (!readOnly && editing && changes.length > 0 && !save.pending) void save.review();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onShortcut(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  return (
    <>
      <form
        noValidate
        // Fields that take the focus scroll clear of what is sticky above them.
        className="[&_:is(input,button,textarea)]:scroll-mt-48"
        aria-label={`Policy of ${roleName}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (changes.length > 0) void save.review();
        }}
      >
        <PolicyTabs
          open={tab}
          onOpen={setTab}
          footer={<FindingsPanel open={tab} onGoTo={goTo} />}
          header={
            <EditorHeader
              roleName={roleName}
              version={saved.version}
              busy={save.pending}
              onSave={() => void save.review()}
              onDiscard={() => setDiscarding(true)}
              onHistory={() => setHistory(true)}
            />
          }
        />
      </form>
      <ReviewDialog
        open={save.step.name === 'review'}
        changes={changes}
        nextVersion={saved.version + 1}
        pending={save.pending}
        failure={save.failure}
        onConfirm={save.confirm}
        onCancel={save.cancel}
        onCloseAutoFocus={save.onCloseAutoFocus}
      />
      {save.step.name === 'conflict' && (
        <ConflictDialog
          key={save.step.theirs.version}
          tenantId={tenantId}
          roleId={roleId}
          base={saved}
          mine={form.getValues()}
          theirs={save.step.theirs}
          pending={save.pending}
          failure={save.failure}
          onResolve={(policy) =>
            save.step.name === 'conflict'
              ? save.resolve(save.step.theirs, policy, save.step.comment)
              : Promise.resolve()
          }
          onCancel={save.cancel}
          onCloseAutoFocus={save.onCloseAutoFocus}
        />
      )}
      <DiscardDialog
        open={discarding}
        unsaved={changes.length}
        onOpenChange={setDiscarding}
        onDiscard={() => accept(saved)}
      />
      <HistoryDrawer
        open={history}
        onOpenChange={setHistory}
        current={saved.version}
        unsaved={changes.length}
        onRestored={(document, from) => {
          accept(document);
          toast.success(`Version ${from} restored as version ${document.version}.`);
        }}
      />
      <LeaveGuard unsaved={readOnly ? 0 : changes.length} />
    </>
  );
}
