import { handleGraphQL } from '@/lib/graphql/server';
import { answer } from '@/lib/http/route';

/** GraphQL over POST only: a link must not be able to change anything. */
export function POST(request: Request): Promise<Response> {
  return answer(request, () => handleGraphQL(request));
}
