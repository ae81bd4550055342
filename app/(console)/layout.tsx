import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ConsoleShell } from '@/components/shell/console-shell';
import { SIDEBAR_COOKIE, TENANT_COOKIE } from '@/components/shell/cookies';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  return (
    <ConsoleShell
      initialTenant={jar.get(TENANT_COOKIE)?.value}
      initialCollapsed={jar.get(SIDEBAR_COOKIE)?.value === 'collapsed'}
    >
      {children}
    </ConsoleShell>
  );
}
