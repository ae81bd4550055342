import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import { answer, type Endpoint, type RouteContext, type RouteHandler } from './route';

/** In the order in which they are shown. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];
type Handlers = Record<Method | 'HEAD' | 'OPTIONS', RouteHandler>;

/** Everything a route file exports: the given endpoints, HEAD and OPTIONS, and 405 for the rest. */
export type Resource = Handlers & { endpoints: Partial<Record<Method, Endpoint>> };

/**
 * Completes a route's endpoints to all methods:
 * `export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({ GET: … })`.
 */
export function resource(endpoints: Partial<Record<Method, Endpoint>>): Resource {
  const allow = [...METHODS.filter((method) => endpoints[method]), 'OPTIONS']
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
  const refuse: RouteHandler = (request) =>
    answer(request, async () => {
      throw new AppError('method_not_allowed', `${request.method} is not possible here.`, {
        headers: { allow },
      });
    });
  const handlers = Object.fromEntries(
    METHODS.map((method) => [method, endpoints[method] ?? refuse]),
  ) as Record<Method, RouteHandler>;
  return {
    ...handlers,
    HEAD: endpoints.GET ? withoutBody(endpoints.GET) : refuse,
    OPTIONS: (request) =>
      answer(request, async () => new Response(null, { status: 204, headers: { allow } })),
    endpoints,
  };
}

function withoutBody(handler: RouteHandler): RouteHandler {
  return async (request: Request, context: RouteContext) => {
    const response = await handler(request, context);
    await response.body?.cancel();
    return new Response(null, { status: response.status, headers: response.headers });
  };
}
