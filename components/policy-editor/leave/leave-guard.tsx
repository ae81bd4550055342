'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '@/components/ui/alert-dialog';
import { LEAVE_EVENT } from '@/components/shell/request-leave';
import { leavingTo } from './link-of-click';

/** The part of the Navigation API used here; browsers without it still have the browser's own question. */
type TraversalEvent = Event & {
  navigationType: string;
  destination: { key: string; url: string; sameDocument: boolean };
};
type NavigationApi = EventTarget & { traverseTo: (key: string) => unknown };

function navigationApi(): NavigationApi | undefined {
  return (window as Window & { navigation?: NavigationApi }).navigation;
}

/**
 * Asks before unsaved changes are left behind: by closing or reloading the tab (the browser's own
 * question), by a link, by the browser's back and forward, or by a switch of tenants.
 */
export function LeaveGuard({ unsaved }: { unsaved: number }) {
  const router = useRouter();
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const guarded = unsaved > 0;

  useEffect(() => {
    if (!guarded) return;
    // Once the user has answered, the way is free.
    let leaving = false;
    const askThen = (go: () => void) => {
      // The state setter would call a bare function.
      setLeave(() => () => {
        leaving = true;
        go();
      });
    };
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (!leaving) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const to = leavingTo(event, link, window.location.href);
      if (to === null || leaving) return;
      event.preventDefault();
      event.stopPropagation();
      const { origin } = window.location;
      askThen(() => {
        if (to.startsWith(`${origin}/`)) router.push(to.slice(origin.length));
        else window.location.assign(to);
      });
    };
    const onNavigate = (event: Event) => {
      const { navigationType, destination, cancelable } = event as TraversalEvent;
      const here = new URL(window.location.href);
      if (leaving || navigationType !== 'traverse' || !cancelable) return;
      if (new URL(destination.url).pathname === here.pathname) return;
      event.preventDefault();
      askThen(() => navigationApi()?.traverseTo(destination.key));
    };
    const onLeave = (event: Event) => {
      if (leaving) return;
      event.preventDefault();
      askThen((event as CustomEvent<() => void>).detail);
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    window.addEventListener(LEAVE_EVENT, onLeave);
    // Before React and the router see it.
    document.addEventListener('click', onClick, { capture: true });
    navigationApi()?.addEventListener('navigate', onNavigate);
    return () => {
      window.removeEventListener('beforeunload', onBeforeUnload);
      window.removeEventListener(LEAVE_EVENT, onLeave);
      document.removeEventListener('click', onClick, { capture: true });
      navigationApi()?.removeEventListener('navigate', onNavigate);
    };
  }, [guarded, router]);

  return (
    <LeaveDialog
      unsaved={unsaved}
      open={leave !== null}
      onStay={() => setLeave(null)}
      onLeave={() => {
        setLeave(null);
        leave?.();
      }}
    />
  );
}

type LeaveDialogProps = {
  unsaved: number;
  open: boolean;
  onStay: () => void;
  onLeave: () => void;
};

function LeaveDialog({ unsaved, open, onStay, onLeave }: LeaveDialogProps) {
  return (
    <AlertDialog open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Leave without saving?</AlertDialogTitle>
          <AlertDialogDescription>
            {unsaved === 1 ? 'One change has' : `${unsaved} changes have`} not been saved and would
            be lost.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Stay</AlertDialogCancel>
          <AlertDialogAction variant="destructive" onClick={onLeave}>
            Leave
          </AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
