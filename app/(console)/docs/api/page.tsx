import type { Metadata } from 'next';
import { openApiDocument } from '@/app/api/openapi.json/document';
import { ApiDocsPage } from '@/components/api-docs/api-docs-page';

export const metadata: Metadata = { title: 'API' };

/** The document comes with the page: nothing is loaded from elsewhere. */
export default async function Page() {
  return <ApiDocsPage document={await openApiDocument()} />;
}
