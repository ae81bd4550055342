import type { Method } from '@/lib/http/methods';
import type { AccessRule, EndpointDefinition } from '@/lib/http/route';

/** A JSON Schema of draft 2020-12, or a part of one. */
export type JsonSchema = { [keyword: string]: unknown };

/** What this API uses of OpenAPI 3.1. */
export type OpenApiParameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
  example?: unknown;
};
export type OpenApiContent = Record<string, { schema: JsonSchema; example?: unknown }>;
export type OpenApiHeader = { description: string; schema: JsonSchema };
export type OpenApiResponse = {
  description: string;
  headers?: Record<string, OpenApiHeader>;
  content?: OpenApiContent;
};
export type OpenApiOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters: OpenApiParameter[];
  requestBody?: { required: boolean; content: OpenApiContent };
  responses: Record<string, OpenApiResponse | { $ref: string }>;
};
export type OpenApiDocument = {
  openapi: string;
  jsonSchemaDialect: string;
  info: { title: string; version: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, OpenApiResponse>;
    securitySchemes: Record<string, JsonSchema>;
  };
};

/** How an operation was declared; a gateway route is no `endpoint`, and is described beside its schemas. */
export type OperationDefinition = Omit<EndpointDefinition, 'run' | 'access'> & {
  access: AccessRule | 'gateway key';
};
/** Of one address, `/api/tenants/{tenant}`: its operations by method. */
export type DocumentedRoute = {
  path: string;
  operations: Partial<Record<Method, OperationDefinition>>;
};
