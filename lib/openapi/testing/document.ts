import { openApiDocument } from '@/app/api/openapi.json/document';
import type { OpenApiDocument, OpenApiOperation } from '../types';

/** One operation of the document. */
export type Driven = {
  /** `GET /api/tenants`. */
  name: string;
  method: string;
  path: string;
  operation: OpenApiOperation;
};

/** The document as it goes over the wire. */
export async function wireDocument(): Promise<OpenApiDocument> {
  return JSON.parse(JSON.stringify(await openApiDocument())) as OpenApiDocument;
}

export function operationsOf(document: OpenApiDocument): Driven[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => {
      const method = verb.toUpperCase();
      return { name: `${method} ${path}`, method, path, operation };
    }),
  );
}

type RouteModule = Record<string, { definition?: unknown } | undefined>;
const modules = import.meta.glob<RouteModule>('/app/api/**/route.ts');

/** Routes that are not for callers of this API, and why. */
const NOT_DESCRIBED: Readonly<Record<string, string>> = {
  '/api/{...path}': 'answers 404 for every address that is none',
  '/api/auth/{...nextauth}': "next-auth's own protocol between the browser and the console",
};
/** Gateway routes declare nothing: the gateway answers every method itself. */
const GATEWAY: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/chat/completions': ['POST'],
  '/api/v1/models': ['GET'],
  '/api/v1/{...path}': [],
};

/** Every operation that the files of app/api serve: `GET /api/tenants`. */
export async function servedOperations(): Promise<string[]> {
  const all = await Promise.all(
    Object.entries(modules).map(async ([file, load]) => {
      const path = addressOf(file);
      if (path in NOT_DESCRIBED) return [];
      const methods = GATEWAY[path] ?? declared(await load());
      return methods.map((method) => `${method} ${path}`);
    }),
  );
  return all.flat().sort();
}

/** A route file that declares no endpoint serves all that it exports. */
function declared(exported: RouteModule): string[] {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => exported[method]);
  const endpoints = methods.filter((method) => exported[method]?.definition);
  return endpoints.length > 0 ? endpoints : methods;
}

function addressOf(file: string): string {
  return file
    .replace(/^\/app/, '')
    .replace(/\/route\.ts$/, '')
    .replace(/\[([^\]]+)\]/g, '{$1}');
}
