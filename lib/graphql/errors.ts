import { GraphQLError } from 'graphql';
import type { AppError } from '@/lib/errors/app-error';
import { toAppError } from '@/lib/errors/render';
import { log } from '@/lib/log';

/**
 * An error as it is answered: `extensions` carries REST's code and issues, and as `path` the place at
 * fault, of the input where one is known, else of the answer. What is a fault of ours says nothing of itself.
 */
export function answered(error: GraphQLError): GraphQLError {
  const cause = rootCause(error);
  if (cause === undefined) return withCode(error);
  const { code, message, issues, details } = logged(toAppError(cause), error);
  const place = issues[0]?.path ?? error.path?.join('.') ?? '';
  return new GraphQLError(message, {
    nodes: error.nodes,
    path: error.path,
    extensions: { code, path: place, issues, ...details },
  });
}

/** Of a refusal that no field has made: the request itself. */
export function refusal(error: AppError): { errors: object[] } {
  const { code, message, issues } = logged(error);
  return { errors: [{ message, extensions: { code, path: issues[0]?.path ?? '', issues } }] };
}

/** GraphQL's own faults: of syntax, of the schema, of variables. */
function withCode(error: GraphQLError): GraphQLError {
  const { extensions, nodes, source, positions, path, message } = error;
  const place = path?.join('.') ?? '';
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    // `http` among them is the status for clients that ask for GraphQL's own content type.
    extensions: { ...extensions, code: 'invalid_request', path: place },
  });
}

/** What a resolver threw, below GraphQL's wrappers; undefined for GraphQL's own errors. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error.originalError;
  while (cause instanceof GraphQLError) cause = cause.originalError;
  return cause ?? undefined;
}

function logged(error: AppError, at?: GraphQLError): AppError {
  if (error.status >= 500) {
    log().error({ err: error.cause ?? error, path: at?.path?.join('.') }, 'graphql request failed');
  }
  return error;
}
