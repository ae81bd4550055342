'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { PolicyDocument } from '@/lib/client/types';
import { diffPolicies } from '@/lib/policy/diff';
import { mergePolicies, withField } from '@/lib/policy/merge';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { FieldError } from '../layout/field-error';
import { MergeTable, type Side } from './merge-table';
import { TheirChanges } from './their-changes';

type Way = 'merge' | 'mine' | 'theirs';

type ConflictDialogProps = {
  tenantId: string;
  roleId: string;
  base: PolicyDocument;
  mine: RolePolicy;
  theirs: PolicyDocument;
  pending: boolean;
  failure: string | null;
  /** Null takes theirs and drops mine. */
  onResolve: (policy: RolePolicy | null) => Promise<void>;
  onCancel: () => void;
  onCloseAutoFocus: (event: Event) => void;
};

/** Someone saved in between: shows what they did, and leaves it to the user what becomes of both. */
export function ConflictDialog({
  tenantId,
  roleId,
  base,
  mine,
  theirs,
  pending,
  failure,
  onResolve,
  onCancel,
  onCloseAutoFocus,
}: ConflictDialogProps) {
  const [way, setWay] = useState<Way>('merge');
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const { merged, conflicts } = mergePolicies(base.policy, mine, theirs.policy);
  const theirChanges = diffPolicies(base.policy, theirs.policy);

  const ways: Record<Way, { label: string; help: string; action: string }> = {
    merge: {
      label: 'Merge field by field',
      help:
        conflicts.length === 0
          ? 'Your changes and theirs touch different fields: both are kept.'
          : `Changes to different fields are both kept. ${conflicts.length === 1 ? 'One field was' : `${conflicts.length} fields were`} changed by both: choose below.`,
      action: 'Save merged policy',
    },
    mine: {
      label: 'Keep mine',
      help: `Saves your form as it is and takes back their ${theirChanges.length === 1 ? 'change' : 'changes'}.`,
      action: 'Save mine on top',
    },
    theirs: {
      label: 'Take theirs',
      help: `Loads version ${theirs.version} and drops your changes.`,
      action: 'Take theirs',
    },
  };

  function resolve() {
    if (way === 'theirs') return onResolve(null);
    if (way === 'mine') return onResolve(mine);
    // `merged` has mine where nothing was chosen.
    const theirsChosen = conflicts.filter(({ path }) => choices[path] === 'theirs');
    return onResolve(
      theirsChosen.reduce((policy, { path, theirs }) => withField(policy, path, theirs), merged),
    );
  }

  return (
    <Dialog open onOpenChange={(next) => !next && !pending && onCancel()}>
      <DialogContent className="max-w-2xl" onCloseAutoFocus={onCloseAutoFocus}>
        <DialogHeader>
          <DialogTitle>This policy was changed while you edited it</DialogTitle>
          <DialogDescription>
            You edited version {base.version}; version {theirs.version} is stored now. Nothing of
            yours has been saved or lost.
          </DialogDescription>
        </DialogHeader>
        <TheirChanges
          tenantId={tenantId}
          roleId={roleId}
          since={base.version}
          until={theirs.version}
          changes={theirChanges}
        />
        <RadioGroup
          aria-label="What to do"
          value={way}
          onValueChange={(next) => setWay(next as Way)}
          className="gap-1"
        >
          {Object.entries(ways).map(([value, { label, help }]) => (
            <div
              key={value}
              className="flex items-start gap-2.5 rounded-md border border-transparent px-2.5 py-2 has-data-[state=checked]:border-border has-data-[state=checked]:bg-muted/60"
            >
              <RadioGroupItem
                id={`way-${value}`}
                value={value}
                className="mt-0.5"
                aria-describedby={`way-${value}-help`}
              />
              <div className="min-w-0">
                <Label htmlFor={`way-${value}`}>{label}</Label>
                <p id={`way-${value}-help`} className="text-xs text-muted-foreground">
                  {help}
                </p>
              </div>
            </div>
          ))}
        </RadioGroup>
        {way === 'merge' && conflicts.length > 0 && (
          <MergeTable
            conflicts={conflicts}
            choices={choices}
            onChoose={(path, side) => setChoices({ ...choices, [path]: side })}
          />
        )}
        <div role="alert">
          <FieldError message={failure ?? undefined} />
        </div>
        <DialogFooter>
          <Button variant="outline" onClick={onCancel} disabled={pending}>
            Keep editing
          </Button>
          <Button loading={pending} onClick={() => void resolve()}>
            {ways[way].action}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
