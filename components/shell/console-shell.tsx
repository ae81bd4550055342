'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { tenantsQuery } from '@/lib/client/tenants';
import { Breadcrumbs } from './breadcrumbs';
import { rememberCookie, SIDEBAR_COOKIE, TENANT_COOKIE } from './cookies';
import { GatewayUrlProvider } from './gateway-url';
import { MobileNav } from './mobile-nav';
import { NoTenant } from './no-tenant';
import { requestLeave } from './request-leave';
import { ShellSkeleton } from './shell-skeleton';
import { Sidebar } from './sidebar';
import { TenantProvider } from './tenant-context';
import { ThemeToggle } from './theme-toggle';

type ConsoleShellProps = {
  /** From the cookies, so that the first paint is the right one. */
  initialTenant?: string;
  initialCollapsed: boolean;
  /** Base URL for OpenAI clients. */
  gatewayUrl: string;
  children: ReactNode;
};

/** Sidebar, top bar and the current tenant around every console page. */
export function ConsoleShell({
  initialTenant,
  initialCollapsed,
  gatewayUrl,
  children,
}: ConsoleShellProps) {
  const router = useRouter();
  const tenants = useQuery(tenantsQuery());
  const [tenantId, setTenantId] = useState(initialTenant);
  const [collapsed, setCollapsed] = useState(initialCollapsed);

  function switchTenant(id: string) {
    requestLeave(() => {
      rememberCookie(TENANT_COOKIE, id);
      setTenantId(id);
      // A role's page belongs to the tenant that was left.
      router.push('/roles');
    });
  }

  function toggleSidebar() {
    rememberCookie(SIDEBAR_COOKIE, collapsed ? 'open' : 'collapsed');
    setCollapsed(!collapsed);
  }

  if (tenants.isPending) return <ShellSkeleton collapsed={collapsed} />;
  if (tenants.isError) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <ErrorState
          title="Your tenants could not be loaded"
          error={tenants.error}
          onRetry={() => void tenants.refetch()}
        />
      </main>
    );
  }
  const tenant = tenants.data.find((entry) => entry.id === tenantId) ?? tenants.data[0];
  if (!tenant) return <NoTenant onCreated={switchTenant} />;

  const role = tenant.membership;
  return (
    <TenantProvider
      value={{
        tenant,
        role,
        canEdit: role !== 'viewer',
        canManage: role === 'owner',
        tenants: tenants.data,
        switchTenant,
      }}
    >
      <a
        href="#main"
        className="sr-only rounded-md bg-primary text-sm text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh">
        <Sidebar collapsed={collapsed} onToggle={toggleSidebar} />
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b border-border bg-background/90 px-3 backdrop-blur-sm sm:px-6">
            <MobileNav />
            <Breadcrumbs />
            <ThemeToggle />
          </header>
          <main
            id="main"
            tabIndex={-1}
            // A switch of tenants starts every page afresh.
            key={tenant.id}
            className="mx-auto w-full max-w-[1200px] flex-1 px-4 py-6 outline-none sm:px-6"
          >
            <GatewayUrlProvider value={gatewayUrl}>{children}</GatewayUrlProvider>
          </main>
        </div>
      </div>
    </TenantProvider>
  );
}
