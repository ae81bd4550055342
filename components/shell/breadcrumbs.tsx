'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { roleQuery } from '@/lib/client/roles';
import { navItemOf } from './nav';
import { useTenant } from './tenant-context';

type Crumb = { href: string; label: string };

/** Names of pages below a nav item, by their last path segment. */
const PAGE_LABELS: Record<string, string> = { policy: 'Policy', graphql: 'GraphQL' };

function useCrumbs(): Crumb[] {
  const pathname = usePathname();
  const { tenant } = useTenant();
  const [, first, id, page] = pathname.split('/');
  const roleId = first === 'roles' && id ? decodeURIComponent(id) : '';
  const role = useQuery({ ...roleQuery(tenant.id, roleId), enabled: roleId !== '' });
  const item = navItemOf(pathname);

  const crumbs: Crumb[] = item ? [{ href: item.href, label: item.label }] : [];
  if (roleId) crumbs.push({ href: `/roles/${id}`, label: role.data?.name ?? 'Role' });
  if (page) crumbs.push({ href: pathname, label: PAGE_LABELS[page] ?? page });
  return crumbs;
}

export function Breadcrumbs() {
  const crumbs = useCrumbs();
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li key={crumb.href} className="flex min-w-0 items-center gap-1 last:shrink">
              {index > 0 && (
                <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
              )}
              {last ? (
                <span aria-current="page" className="truncate font-medium">
                  {crumb.label}
                </span>
              ) : (
                <Link
                  href={crumb.href}
                  className="truncate rounded-sm text-muted-foreground hover:text-foreground"
                >
                  {crumb.label}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
