'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Hint } from '@/components/ui/tooltip';
import { AccountMenu } from './account-menu';
import { SidebarNav } from './sidebar-nav';
import { TenantSwitcher } from './tenant-switcher';

type SidebarProps = { collapsed: boolean; onToggle: () => void };

export function Sidebar({ collapsed, onToggle }: SidebarProps) {
  const label = collapsed ? 'Expand sidebar' : 'Collapse sidebar';
  return (
    <aside
      className={cn(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-border bg-sidebar transition-[width] duration-150 md:flex',
        collapsed ? 'w-14' : 'w-60',
      )}
    >
      <div className="p-2">
        <TenantSwitcher collapsed={collapsed} />
      </div>
      <SidebarNav collapsed={collapsed} className="flex-1 overflow-y-auto px-2 py-1" />
      <div className={cn('flex items-center gap-1 p-2', collapsed && 'flex-col')}>
        <div className="min-w-0 flex-1 self-stretch">
          <AccountMenu collapsed={collapsed} />
        </div>
        <Hint content={label} side="right">
          <Button
            variant="ghost"
            size="icon"
            aria-label={label}
            aria-expanded={!collapsed}
            onClick={onToggle}
            className="text-muted-foreground"
          >
            {collapsed ? <PanelLeftOpen /> : <PanelLeftClose />}
          </Button>
        </Hint>
      </div>
    </aside>
  );
}
