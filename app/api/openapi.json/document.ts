import { METHODS } from '@/lib/http/methods';
import { buildOpenApiDocument } from '@/lib/openapi/document';
import { GATEWAY_ROUTES } from '@/lib/openapi/gateway-operations';
import { GRAPHQL_ROUTE } from '@/lib/openapi/graphql-operation';
import {
  type DocumentedRoute,
  type OpenApiDocument,
  type OperationDefinition,
} from '@/lib/openapi/types';
import { ADMIN_ROUTES } from './routes';

let made: Promise<OpenApiDocument> | undefined;

/** The document of this server's API; made when it is first asked for, since it never changes. */
export function openApiDocument(): Promise<OpenApiDocument> {
  return (made ??= make());
}

async function make(): Promise<OpenApiDocument> {
  const admin = await Promise.all(
    Object.entries(ADMIN_ROUTES).map(async ([path, load]) => routeOf(path, await load())),
  );
  return buildOpenApiDocument([...admin, GRAPHQL_ROUTE, ...GATEWAY_ROUTES]);
}

/** What a route file exports for methods that it has not is a refusal without a definition. */
function routeOf(path: string, exported: object): DocumentedRoute {
  const handlers = exported as Record<string, { definition?: OperationDefinition } | undefined>;
  const operations = METHODS.flatMap((method) => {
    const definition = handlers[method]?.definition;
    return definition ? [[method, definition] as const] : [];
  });
  return { path, operations: Object.fromEntries(operations) };
}
