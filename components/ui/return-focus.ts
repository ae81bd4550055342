'use client';

import { useState } from 'react';

/** The button a menu belongs to, when focus is on one of its items: the item will be gone. */
function openerOf(active: Element | null): HTMLElement | null {
  const labelledBy = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = labelledBy ? document.getElementById(labelledBy) : active;
  return opener instanceof HTMLElement ? opener : null;
}

/**
 * Gives focus back to what opened a dialog. Radix does so for its own triggers only, and ours are
 * opened by state. Call it in a component that is mounted while the dialog is open.
 */
export function useReturnFocus(own?: (event: Event) => void): (event: Event) => void {
  const [opener] = useState(() =>
    typeof document === 'undefined' ? null : openerOf(document.activeElement),
  );
  return (event) => {
    own?.(event);
    if (event.defaultPrevented || !opener?.isConnected) return;
    event.preventDefault();
    opener.focus();
  };
}
