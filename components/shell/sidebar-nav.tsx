'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { Hint } from '@/components/ui/tooltip';
import { NAV, navItemOf } from './nav';

type SidebarNavProps = { collapsed?: boolean; className?: string; onNavigate?: () => void };

export function SidebarNav({ collapsed = false, className, onNavigate }: SidebarNavProps) {
  const current = navItemOf(usePathname());
  return (
    <nav aria-label="Main" className={cn('flex flex-col gap-4', className)}>
      {NAV.map((group) => (
        <div key={group.label} className="flex flex-col gap-0.5">
          {collapsed ? (
            <div aria-hidden className="mx-2 mb-1 h-px bg-border first:hidden" />
          ) : (
            <p className="px-2 pt-1 pb-1 text-xs font-medium text-muted-foreground">
              {group.label}
            </p>
          )}
          {group.items.map((item) => {
            const active = item.href === current?.href;
            return (
              <Hint key={item.href} content={collapsed ? item.label : undefined} side="right">
                <Link
                  href={item.href}
                  onClick={onNavigate}
                  aria-current={active ? 'page' : undefined}
                  aria-label={collapsed ? item.label : undefined}
                  className={cn(
                    'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors pointer-coarse:h-11',
                    collapsed && 'justify-center px-0',
                    active
                      ? 'bg-hover font-medium text-foreground'
                      : 'text-muted-foreground hover:bg-hover/60 hover:text-foreground',
                  )}
                >
                  <item.icon
                    aria-hidden
                    className={cn('size-4 shrink-0', active && 'text-accent')}
                  />
                  {!collapsed && item.label}
                </Link>
              </Hint>
            );
          })}
        </div>
      ))}
    </nav>
  );
}
