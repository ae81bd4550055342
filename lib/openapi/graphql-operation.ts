import { z } from 'zod';
import type { DocumentedRoute } from './types';

export const graphqlRequest = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});
export const graphqlAnswer = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.looseObject({
        message: z.string(),
        path: z.array(z.union([z.string(), z.int()])).optional(),
        extensions: z
          .looseObject({ code: z.string(), path: z.string() })
          .optional()
          .describe('The code that REST answers, and the place at fault.'),
      }),
    )
    .optional(),
});

export const GRAPHQL_ROUTE: DocumentedRoute = {
  path: '/api/graphql',
  operations: {
    POST: {
      summary: 'The same functions over GraphQL.',
      access: 'actor',
      body: graphqlRequest,
      response: graphqlAnswer,
    },
  },
};
