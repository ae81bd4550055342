import { errorView } from '@/lib/admin/views';
import { statusOf } from '@/lib/errors/codes';
import { schemaOf } from './convert';
import { gatewayError } from './gateway-schemas';
import { graphqlAnswer } from './graphql-operation';
import type { OperationFacts } from './operations';
import type { OpenApiResponse, OperationDefinition } from './types';

const adminError = (
  description: string,
  code: Parameters<typeof statusOf>[0],
  message: string,
) => ({
  status: statusOf(code),
  response: {
    description,
    content: {
      'application/json': {
        schema: schemaOf(errorView, 'output'),
        example: { error: { code, message, issues: [] } },
      },
    },
  },
});

const ERRORS = {
  InvalidJson: adminError(
    'The body is not JSON.',
    'invalid_json',
    'The body is empty. Send a JSON object.',
  ),
  Unauthorized: adminError(
    'Nobody is signed in, or the token is not valid.',
    'unauthorized',
    'Sign in, or send a valid admin token.',
  ),
  Forbidden: adminError(
    'Your role does not permit this.',
    'forbidden',
    'This needs the role editor; yours is viewer.',
  ),
  NotFound: adminError(
    'There is none, or it is not yours.',
    'not_found',
    'There is no such tenant.',
  ),
  Conflict: adminError(
    'A name is taken, or something is in use.',
    'conflict',
    'The role name "support" is taken: choose another.',
  ),
  VersionConflict: adminError(
    'Changed by somebody else in the meantime; `currentVersion` says to what.',
    'version_conflict',
    'The policy was changed in the meantime.',
  ),
  TooLarge: adminError(
    'The body is larger than 2 MiB.',
    'request_too_large',
    'The body is larger than 2,097,152 bytes.',
  ),
  NotJson: adminError(
    'The content type is not JSON.',
    'unsupported_media_type',
    'Send the body as JSON.',
  ),
  Invalid: adminError(
    'Not valid; `issues` says where and why.',
    'validation_failed',
    'The body is not valid.',
  ),
  PreconditionRequired: adminError(
    'If-Match is missing.',
    'precondition_required',
    'Send If-Match with the ETag.',
  ),
} as const;
type ErrorName = keyof typeof ERRORS;

const refused = (description: string): OpenApiResponse => ({
  description,
  content: { 'application/json': { schema: schemaOf(gatewayError, 'output') } },
});

/** Refusals as components. */
export const ERROR_RESPONSES: Record<string, OpenApiResponse> = {
  ...Object.fromEntries(Object.entries(ERRORS).map(([name, { response }]) => [name, response])),
  Error: {
    description: 'Any other refusal or fault.',
    content: { 'application/json': { schema: schemaOf(errorView, 'output') } },
  },
  GraphqlRefusal: {
    description: "A refusal in GraphQL's shape.",
    content: { 'application/json': { schema: schemaOf(graphqlAnswer, 'output') } },
  },
  GatewayError: refused("A refusal or fault in OpenAI's shape; `code` says which."),
};

/** The refusals of an operation by status, from how it was declared. */
export function errorResponses(
  { access, params, query, body }: OperationDefinition,
  { ifMatch, id }: OperationFacts,
): Record<string, { $ref: string }> {
  if (access === 'gateway key') return { default: refTo('GatewayError') };
  if (id === 'graphql') {
    return { 401: refTo('GraphqlRefusal'), default: refTo('GraphqlRefusal') };
  }
  const inTenant = access !== 'public' && access !== 'actor';
  const names: ErrorName[] = [
    ...(access === 'public' ? [] : (['Unauthorized'] as const)),
    ...(inTenant ? (['Forbidden'] as const) : []),
    ...(inTenant || params ? (['NotFound'] as const) : []),
    ...(body ? (['InvalidJson', 'TooLarge', 'NotJson'] as const) : []),
    ...(body || query ? (['Invalid'] as const) : []),
    ...(/^(create|update|delete|add|remove|invite)/.test(id) ? (['Conflict'] as const) : []),
    ...(ifMatch ? (['VersionConflict'] as const) : []),
    ...(ifMatch === 'required' ? (['PreconditionRequired'] as const) : []),
  ];
  const byStatus = names.map((name) => [String(ERRORS[name].status), refTo(name)] as const);
  return { ...Object.fromEntries(byStatus), default: refTo('Error') };
}

function refTo(name: string): { $ref: string } {
  return { $ref: `#/components/responses/${name}` };
}
