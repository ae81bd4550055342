'use client';

import { Menu } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Sheet,
  SheetContent,
  SheetDescription,
  SheetTitle,
  SheetTrigger,
} from '@/components/ui/sheet';
import { AccountMenu } from './account-menu';
import { SidebarNav } from './sidebar-nav';
import { TenantSwitcher } from './tenant-switcher';

/** The sidebar as a drawer, below 768 px. */
export function MobileNav() {
  const [open, setOpen] = useState(false);
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Open navigation" className="md:hidden">
          <Menu />
        </Button>
      </SheetTrigger>
      <SheetContent side="left" className="bg-sidebar">
        <SheetTitle className="sr-only">Navigation</SheetTitle>
        <SheetDescription className="sr-only">Tenant, pages and account</SheetDescription>
        <div className="p-2 pr-14">
          <TenantSwitcher onSwitched={() => setOpen(false)} />
        </div>
        <SidebarNav
          className="flex-1 overflow-y-auto px-2 py-1"
          onNavigate={() => setOpen(false)}
        />
        <div className="border-t border-border p-2">
          <AccountMenu />
        </div>
      </SheetContent>
    </Sheet>
  );
}
