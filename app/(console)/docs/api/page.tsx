import type { Metadata } from 'next';
import { openApiDocument } from '@/app/api/openapi.json/document';
import { ApiDocsPage } from '@/components/api-docs/api-docs-page';

export const metadata: Metadata = { title: 'API' };

/** Rendered on the server from the document itself: nothing is loaded from elsewhere, and no script reads it. */
export default async function Page() {
  return <ApiDocsPage document={await openApiDocument()} />;
}
