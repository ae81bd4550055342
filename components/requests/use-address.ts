'use client';

import { useSearchParams } from 'next/navigation';
import type { RequestFilter } from '@/lib/client/requests';

export const NO_FILTER: RequestFilter = { status: '', code: '', role: '' };

type Address = RequestFilter & {
  /** Id of the request whose receipt is open. */
  receipt: string;
};

/** Filter and open receipt, kept in the page's address so that both survive a reload and can be linked. */
export function useAddress(): [Address, (change: Partial<Address>) => void] {
  const search = useSearchParams();
  const read = (name: keyof Address) => search.get(name) ?? '';
  const address = {
    status: read('status'),
    code: read('code'),
    role: read('role'),
    receipt: read('receipt'),
  };

  function change(values: Partial<Address>) {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const text = next.toString();
    // Not a navigation: nothing to load from the server, nothing to scroll to.
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
  }
  return [address, change];
}
