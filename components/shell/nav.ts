import {
  Code2,
  IdCard,
  KeyRound,
  ListChecks,
  Plug,
  ScrollText,
  Settings,
  Wallet,
  type LucideIcon,
} from 'lucide-react';

export type NavItem = { href: string; label: string; icon: LucideIcon };
export type NavGroup = { label: string; items: readonly NavItem[] };

/** The sidebar. A page that is built gets its line here; nothing else has to know of it. */
export const NAV: readonly NavGroup[] = [
  {
    label: 'Gateway',
    items: [
      { href: '/roles', label: 'Roles', icon: IdCard },
      { href: '/keys', label: 'API keys', icon: KeyRound },
      { href: '/providers', label: 'Providers', icon: Plug },
      { href: '/budgets', label: 'Budgets', icon: Wallet },
      { href: '/requests', label: 'Requests', icon: ScrollText },
    ],
  },
  {
    label: 'Workspace',
    items: [
      { href: '/welcome', label: 'Get started', icon: ListChecks },
      { href: '/docs/api', label: 'API', icon: Code2 },
      { href: '/settings', label: 'Settings', icon: Settings },
    ],
  },
];

/** The nav item a path belongs to: `/roles/42/policy` belongs to `/roles`. */
export function navItemOf(pathname: string): NavItem | undefined {
  return NAV.flatMap((group) => group.items).find(
    (item) => pathname === item.href || pathname.startsWith(`${item.href}/`),
  );
}
