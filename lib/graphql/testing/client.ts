import { ClientError, GraphQLClient } from 'graphql-request';
import { serveApp } from '@/lib/admin/testing/app-routes';

/** One error of an answer. */
export type AnsweredError = {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    path: string;
    issues?: { path: string; message: string }[];
    currentVersion?: number;
  };
};

/** A client from npm that talks to the app's own route. @param headers that identify the caller */
export function graphqlClient(headers: Record<string, string>): GraphQLClient {
  return new GraphQLClient('http://localhost:3000/api/graphql', {
    headers: { host: 'localhost:3000', ...headers },
    fetch: (input: string | URL | Request, init?: RequestInit) =>
      serveApp(new Request(input, init)),
  });
}

export const bearerClient = (secret: string): GraphQLClient =>
  graphqlClient({ authorization: `Bearer ${secret}` });

/** What a request is refused with. */
export async function refusalOf(
  request: Promise<unknown>,
): Promise<AnsweredError & { status: number }> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const first = error.response.errors?.[0] as unknown as AnsweredError | undefined;
    if (first) return { ...first, status: error.response.status };
    throw error;
  }
  throw new Error('It was not refused.');
}
