'use client';

import type { ReactNode } from 'react';
import { Hint } from '@/components/ui/tooltip';
import { useEditHint, useManageHint } from './tenant-context';

type GuardProps = {
  /** Gets `disabled`, to be handed to the control. */
  children: (disabled: boolean) => ReactNode;
  /** Asks for an owner instead of an editor. */
  owner?: boolean;
};

/** A control that changes something: disabled, with the reason as a tooltip, for those who may not. */
export function EditGuard({ children, owner = false }: GuardProps) {
  const editHint = useEditHint();
  const manageHint = useManageHint();
  const hint = owner ? manageHint : editHint;
  return (
    <Hint content={hint} wrap>
      {children(hint !== undefined)}
    </Hint>
  );
}
