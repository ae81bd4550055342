import type { Metadata } from 'next';
import { InvitePage } from '@/components/auth/invite-page';

// The address is a secret: it must not leave with a referrer or end up in an index.
export const metadata: Metadata = {
  title: 'Invitation',
  referrer: 'no-referrer',
  robots: { index: false },
};

type PageProps = { params: Promise<{ token: string }> };

export default async function Page({ params }: PageProps) {
  const { token } = await params;
  return <InvitePage token={token} />;
}
