import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { DateOnly } from '@/components/ui/time';
import type { Invitation } from '@/lib/client/types';

/** The one showing of an invitation link. */
export function InvitationNotice({ invitation }: { invitation: Invitation }) {
  return (
    <>
      <CodeBlock code={invitation.url} label="invitation link" />
      <Notice variant="warning">
        Shown only now. It works once, until <DateOnly at={invitation.expiresAt} />. Send it over a
        channel you trust: whoever opens it sets the account’s password.
      </Notice>
    </>
  );
}
