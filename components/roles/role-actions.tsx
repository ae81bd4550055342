'use client';

import { Copy, MoreHorizontal, Pencil, SlidersHorizontal, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { RoleView } from '@/lib/client/types';

type RoleActionsProps = {
  role: RoleView;
  onDuplicate: (role: RoleView) => void;
  onDelete: (role: RoleView) => void;
  /** Only on the role's own page. */
  onEdit?: (role: RoleView) => void;
};

export function RoleActions({ role, onDuplicate, onDelete, onEdit }: RoleActionsProps) {
  const { canEdit } = useTenant();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant={onEdit ? 'outline' : 'ghost'}
          size="icon"
          aria-label={`Actions for role ${role.name}`}
        >
          <MoreHorizontal />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {onEdit ? (
          <DropdownMenuItem disabled={!canEdit} onSelect={() => onEdit(role)}>
            <Pencil /> Edit details
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem asChild>
            <Link href={`/roles/${role.id}/policy`}>
              <SlidersHorizontal /> {canEdit ? 'Edit policy' : 'View policy'}
            </Link>
          </DropdownMenuItem>
        )}
        <DropdownMenuItem disabled={!canEdit} onSelect={() => onDuplicate(role)}>
          <Copy /> Duplicate
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          variant="destructive"
          disabled={!canEdit || role.isDefault}
          onSelect={() => onDelete(role)}
        >
          <Trash2 /> {role.isDefault ? 'The default role stays' : 'Delete'}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
