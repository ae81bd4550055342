import type { Metadata } from 'next';
import { RolePage } from '@/components/roles/role-page';

export const metadata: Metadata = { title: 'Role' };

type PageProps = { params: Promise<{ roleId: string }> };

export default async function Page({ params }: PageProps) {
  const { roleId } = await params;
  return <RolePage roleId={decodeURIComponent(roleId)} />;
}
