import type { Metadata } from 'next';
import { RolePolicyEditor } from '@/components/policy-editor/role-policy-editor';

export const metadata: Metadata = { title: 'Edit policy' };

type PageProps = { params: Promise<{ roleId: string }> };

export default async function Page({ params }: PageProps) {
  const { roleId } = await params;
  return <RolePolicyEditor roleId={decodeURIComponent(roleId)} />;
}
