'use client';

import { useQuery } from '@tanstack/react-query';
import { Link2, MoreHorizontal, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { EditGuard } from '@/components/shell/edit-guard';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import {
  membersQuery,
  useChangeMember,
  useInviteAgain,
  useRemoveMember,
} from '@/lib/client/members';
import type { Invitation, MemberView } from '@/lib/client/types';
import { AddMemberDialog } from './add-member-dialog';
import { InvitationNotice } from './invitation-notice';
import { MembershipSelect } from './membership-select';

export function MembersCard() {
  const { tenant } = useTenant();
  const members = useQuery(membersQuery(tenant.id));
  const remove = useRemoveMember(tenant.id);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<MemberView | null>(null);
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>Members</CardTitle>
          <CardDescription>People who can sign in to this tenant.</CardDescription>
        </div>
        <EditGuard owner>
          {(disabled) => (
            <Button variant="outline" disabled={disabled} onClick={() => setAdding(true)}>
              <UserPlus /> Add member
            </Button>
          )}
        </EditGuard>
      </CardHeader>
      {members.isPending && (
        <div role="status" aria-label="Loading members" className="p-4">
          <Skeleton className="h-8" />
        </div>
      )}
      {members.isError && (
        <ErrorState
          title="The members could not be loaded"
          error={members.error}
          onRetry={() => void members.refetch()}
        />
      )}
      <ul className="divide-y divide-border">
        {members.data?.map((member) => (
          <MemberRow key={member.id} member={member} onRemove={() => setRemoving(member)} />
        ))}
      </ul>
      <AddMemberDialog open={adding} onOpenChange={setAdding} />
      {removing && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRemoving(null)}
          title={`Remove ${removing.email}?`}
          description="They lose access to this tenant at once. What they did stays in the audit log."
          action="Remove member"
          onConfirm={async () => {
            await remove.mutateAsync(removing.id);
            toast.success(`${removing.email} removed.`);
          }}
        />
      )}
    </Card>
  );
}

function MemberRow({ member, onRemove }: { member: MemberView; onRemove: () => void }) {
  const { tenant, canManage } = useTenant();
  const change = useChangeMember(tenant.id);
  const invite = useInviteAgain(tenant.id);
  const [invitation, setInvitation] = useState<Invitation | null>(null);

  function inviteAgain() {
    invite.mutate(member.id, {
      onSuccess: setInvitation,
      onError: (error) => toast.error(error.message),
    });
  }

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-40 flex-1">
        <p className="truncate text-sm font-medium">{member.email}</p>
        {member.name && member.name !== member.email && (
          <p className="truncate text-xs text-muted-foreground">{member.name}</p>
        )}
      </div>
      <div className="flex items-center gap-1">
        <MembershipSelect
          aria-label={`Rights of ${member.email}`}
          className="w-32"
          disabled={!canManage || change.isPending}
          value={member.role}
          onChange={(role) =>
            change.mutate(
              { id: member.id, role },
              {
                onSuccess: () => toast.success(`${member.email} is now ${role}.`),
                onError: (error) => toast.error(error.message),
              },
            )
          }
        />
        {canManage && (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Actions for ${member.email}`}
                className="text-muted-foreground"
              >
                <MoreHorizontal />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={inviteAgain}>
                <Link2 /> New invitation link
              </DropdownMenuItem>
              <DropdownMenuSeparator />
              <DropdownMenuItem variant="destructive" onSelect={onRemove}>
                <Trash2 /> Remove
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        )}
      </div>
      <Dialog open={invitation !== null} onOpenChange={(open) => !open && setInvitation(null)}>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>Invite {member.email}</DialogTitle>
            <DialogDescription>This link lets them set a password.</DialogDescription>
          </DialogHeader>
          {invitation && <InvitationNotice invitation={invitation} />}
        </DialogContent>
      </Dialog>
    </li>
  );
}
