import { METHODS, type Method } from '@/lib/http/methods';
import { schemaOf, namedSchemas } from './convert';
import { errorResponses, ERROR_RESPONSES } from './errors';
import { INFO, SECURITY_SCHEMES } from './info';
import { OPERATIONS, TAGS, type OperationFacts } from './operations';
import { parametersOf } from './parameters';
import {
  type DocumentedRoute,
  type OpenApiContent,
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiResponse,
  type OperationDefinition,
} from './types';

const JSON_TYPE = 'application/json';

/**
 * The OpenAPI 3.1 document of the given routes, made of the schemas they parse and answer with.
 * @throws Error for an operation that `operations.ts` does not know
 */
export function buildOpenApiDocument(routes: readonly DocumentedRoute[]): OpenApiDocument {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: INFO,
    servers: [{ url: '/', description: 'This server.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(routes.map((route) => [route.path, pathItem(route)])),
    components: {
      schemas: namedSchemas(),
      responses: ERROR_RESPONSES,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function pathItem({ path, operations }: DocumentedRoute): Record<string, OpenApiOperation> {
  const present = METHODS.flatMap((method) => {
    const definition = operations[method];
    return definition ? [[method.toLowerCase(), operation(method, path, definition)]] : [];
  });
  return Object.fromEntries(present) as Record<string, OpenApiOperation>;
}

function operation(
  method: Method,
  path: string,
  definition: OperationDefinition,
): OpenApiOperation {
  const facts = OPERATIONS[`${method} ${path}`];
  if (!facts) throw new Error(`${method} ${path} is missing in lib/openapi/operations.ts.`);
  return {
    operationId: facts.id,
    tags: [facts.tag],
    summary: definition.summary,
    description: [facts.description, accessSentence(definition.access)].filter(Boolean).join(' '),
    security: securityOf(definition.access),
    parameters: parametersOf(path, definition, facts),
    ...(definition.body ? { requestBody: requestBody(definition.body, facts) } : {}),
    responses: {
      [String(definition.status ?? 200)]: success(definition, facts),
      ...errorResponses(definition, facts),
    },
  };
}

function requestBody(
  body: NonNullable<OperationDefinition['body']>,
  { request }: OperationFacts,
): OpenApiOperation['requestBody'] {
  return {
    required: !body.safeParse(undefined).success,
    content: content(schemaOf(body, 'input'), request),
  };
}

function success(
  { status = 200, response, access }: OperationDefinition,
  facts: OperationFacts,
): OpenApiResponse {
  const headers = {
    'x-request-id': {
      description:
        access === 'gateway key' ? 'Id of the receipt.' : 'To quote when asking for help.',
      schema: { type: 'string' },
    },
    ...(facts.etag
      ? { etag: { description: 'The version, quoted.', schema: { type: 'string' } } }
      : {}),
  };
  if (status === 204 || !response) return { description: 'Done.', headers };
  const description = status === 201 ? 'Made.' : 'The answer.';
  return { description, headers, content: content(schemaOf(response, 'output'), facts.response) };
}

function content(schema: OpenApiContent[string]['schema'], example: unknown): OpenApiContent {
  return { [JSON_TYPE]: { schema, ...(example === undefined ? {} : { example }) } };
}

function securityOf(access: OperationDefinition['access']): OpenApiOperation['security'] {
  if (access === 'public') return [];
  return access === 'gateway key' ? [{ gatewayKey: [] }] : [{ adminToken: [] }, { session: [] }];
}

function accessSentence(access: OperationDefinition['access']): string {
  if (access === 'public') return 'Open to anybody.';
  if (access === 'gateway key') return 'Needs an API key.';
  return access === 'actor'
    ? 'For anybody who is signed in.'
    : `Needs the role ${access} in the tenant.`;
}
