'use client';

import { History, Save, Undo2 } from 'lucide-react';
import { useFormContext, useFormState } from 'react-hook-form';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Hint } from '@/components/ui/tooltip';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { useChanges } from './changes-context';
import { useEditor } from './editor-context';
import { errorsBelow } from './model/resolver';

type EditorHeaderProps = {
  roleName: string;
  version: number;
  busy: boolean;
  onSave: () => void;
  onDiscard: () => void;
  onHistory: () => void;
};

/** The head of the editor, always in sight: whose policy, which version, what is unsaved, Save. */
export function EditorHeader({
  roleName,
  version,
  busy,
  onSave,
  onDiscard,
  onHistory,
}: EditorHeaderProps) {
  const { readOnly } = useEditor();
  const { changes } = useChanges();
  const unsaved = changes.length;
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="flex min-w-0 flex-1 basis-60 flex-col">
        <div className="flex min-w-0 items-center gap-2">
          <h1 className="min-w-0 truncate text-xl font-semibold tracking-tight" title={roleName}>
            <span className="text-muted-foreground">Edit Role:</span> {roleName}
          </h1>
          <Badge variant="outline" data-policy-version={version} className="tabular-nums">
            Version {version}
          </Badge>
        </div>
        <Status unsaved={unsaved} />
      </div>
      <div className="flex items-center gap-1.5 max-sm:w-full">
        <Button variant="ghost" onClick={onHistory}>
          <History /> History
        </Button>
        {!readOnly && (
          <>
            <Button variant="ghost" disabled={unsaved === 0 || busy} onClick={onDiscard}>
              <Undo2 /> Discard
            </Button>
            <Hint content={unsaved === 0 ? undefined : 'Ctrl or Cmd and S'}>
              <Button
                className="max-sm:flex-1"
                disabled={unsaved === 0}
                loading={busy}
                onClick={onSave}
              >
                <Save /> Save
                {unsaved > 0 && (
                  <span className="rounded-sm bg-white/20 px-1 text-xs tabular-nums">
                    {unsaved}
                    <span className="sr-only"> unsaved {unsaved === 1 ? 'change' : 'changes'}</span>
                  </span>
                )}
              </Button>
            </Hint>
          </>
        )}
      </div>
    </header>
  );
}

function Status({ unsaved }: { unsaved: number }) {
  const { control } = useFormContext<RolePolicy>();
  const { errors } = useFormState({ control });
  const { readOnly } = useEditor();
  const faults = errorsBelow(errors).length;
  const said = readOnly
    ? 'You can look, not change: you are a viewer of this tenant.'
    : unsaved === 0
      ? 'All changes saved'
      : `${unsaved} unsaved ${unsaved === 1 ? 'change' : 'changes'}`;
  return (
    <p role="status" className="flex flex-wrap gap-x-2 text-sm text-muted-foreground">
      <span data-unsaved={unsaved}>{said}</span>
      {faults > 0 && (
        <span className="text-destructive" data-faults={faults}>
          {faults} {faults === 1 ? 'error' : 'errors'}
        </span>
      )}
    </p>
  );
}
