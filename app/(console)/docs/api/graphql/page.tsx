import type { Metadata } from 'next';
import { GraphqlExplorer } from '@/components/graphql-explorer/graphql-explorer';
import { graphqlSdl } from '@/lib/graphql/schema';

export const metadata: Metadata = { title: 'GraphQL' };

export default function Page() {
  return <GraphqlExplorer sdl={graphqlSdl()} />;
}
