import type { Endpoint, RouteContext, RouteHandler } from '@/lib/http/route';

/** The admin API as Next would serve it: every route file of app/api, found by its path. */

type RouteModule = Record<string, RouteHandler | Endpoint | undefined>;
export type AppRoute = { path: string; load: () => Promise<RouteModule> };

const modules = import.meta.glob<RouteModule>(['/app/api/**/route.ts', '!/app/api/v1/**']);

/** Each with its path as a pattern: `/api/tenants/[tenant]/roles`. */
export const appRoutes: AppRoute[] = Object.entries(modules)
  .map(([file, load]) => ({ path: file.replace(/^\/app/, '').replace(/\/route\.ts$/, ''), load }))
  .sort((a, b) => a.path.localeCompare(b.path));

/** Answers a request as the app would; 404 without a body where there is no route. */
export async function serveApp(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const route of bySpecificity) {
    const params = match(route.path, pathname);
    if (!params) continue;
    const handler = (await route.load())[request.method];
    if (!handler) return new Response(null, { status: 405 });
    return handler(request, { params: Promise.resolve(params) });
  }
  return new Response(null, { status: 404 });
}

/** Fixed segments before parameters, as Next matches. */
const bySpecificity = [...appRoutes].sort((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1));

function rank(path: string): string {
  return path.replace(/\[\.\.\.[^\]]+\]/g, '~~').replace(/\[[^\]]+\]/g, '~');
}

function match(pattern: string, pathname: string): Awaited<RouteContext['params']> | null {
  const names = pattern.split('/');
  const parts = pathname.split('/');
  const params: Awaited<RouteContext['params']> = {};
  for (const [index, name] of names.entries()) {
    const rest = /^\[\.\.\.(.+)\]$/.exec(name)?.[1];
    if (rest) return { ...params, [rest]: parts.slice(index).map(decodeURIComponent) };
    const part = parts[index];
    if (part === undefined) return null;
    const param = /^\[(.+)\]$/.exec(name)?.[1];
    if (param) params[param] = decodeURIComponent(part);
    else if (name !== part) return null;
  }
  return names.length === parts.length ? params : null;
}
