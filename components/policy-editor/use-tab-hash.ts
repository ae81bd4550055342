'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { POLICY_KINDS, type PolicyKind } from '@/lib/policy/role-policy';
import { POLICY_TABS } from './tabs';

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('hashchange', listener);
  };
}

/** The open tab, kept in the page's address (`#caching`), so that it survives a reload and can be linked. */
export function useTabHash(): [PolicyKind, (kind: PolicyKind) => void] {
  const hash = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => '',
  );
  const open = POLICY_KINDS.find((kind) => `#${POLICY_TABS[kind].slug}` === hash);
  const setTab = useCallback((kind: PolicyKind) => {
    // Not a navigation: nothing to go back to, nothing to scroll to.
    window.history.replaceState(window.history.state, '', `#${POLICY_TABS[kind].slug}`);
    listeners.forEach((listener) => listener());
  }, []);
  return [open ?? 'promptPolicies', setTab];
}
