import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { ConsoleShell } from '@/components/shell/console-shell';
import { SIDEBAR_COOKIE, TENANT_COOKIE } from '@/components/shell/cookies';
import { gatewayAddress } from '@/components/shell/gateway-address';
import { env } from '@/lib/env';

/** The origin the browser sees, as far as a proxy in front tells. */
async function consoleOrigin(): Promise<string> {
  const head = await headers();
  const host = head.get('x-forwarded-host') ?? head.get('host');
  const protocol = head.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http';
  const origin = `${protocol}://${host}`;
  return host && URL.canParse(origin) ? origin : env().NEXTAUTH_URL;
}

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  return (
    <ConsoleShell
      initialTenant={jar.get(TENANT_COOKIE)?.value}
      initialCollapsed={jar.get(SIDEBAR_COOKIE)?.value === 'collapsed'}
      gatewayUrl={gatewayAddress({
        consoleOrigin: await consoleOrigin(),
        gatewayPort: env().GATEWAY_PORT,
      })}
    >
      {children}
    </ConsoleShell>
  );
}
