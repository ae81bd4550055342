import type { Metadata } from 'next';
import { modelCatalogue } from '@/components/providers/model-catalogue';
import { WelcomePage } from '@/components/welcome/welcome-page';

export const metadata: Metadata = { title: 'Get started' };

export default function Page() {
  return <WelcomePage catalogue={modelCatalogue()} />;
}
