import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { authorise, type Access, type Caller } from '@/lib/admin/access';
import type { OperationAccess } from '@/lib/admin/operations';
import { currentActor } from '@/lib/auth/current-actor';
import type { MembershipRole } from '@/lib/auth/membership';
import { AppError } from '@/lib/errors/app-error';
import { errorHeaders, renderAdminError, toAppError } from '@/lib/errors/render';
import { log } from '@/lib/log';
import { readJson } from './body';
import { clientOrigin, type ClientOrigin } from './client-origin';
import { toIssues } from './issues';
import { requireSameOrigin } from './same-origin';
import { storableFaults, textFault } from './storable';

/** What Next hands to a route handler beside the request. */
export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** `public`: anybody; a membership role: in the tenant of the path. */
export type AccessRule = 'public' | OperationAccess;

type AccessOf<Rule extends AccessRule> = Rule extends MembershipRole
  ? Access<Rule>
  : Rule extends 'actor'
    ? Caller
    : { actor: null; origin: ClientOrigin };

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** An answer that needs more than a body: another status, an ETag, a cookie. */
export class Reply<T> {
  constructor(
    readonly body: T,
    readonly init: { status?: number; headers?: Record<string, string> } = {},
  ) {}
}

export type EndpointInput<
  Rule extends AccessRule,
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
> = {
  request: Request;
  access: AccessOf<Rule>;
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
};

export type EndpointDefinition<
  Rule extends AccessRule = AccessRule,
  Params extends z.ZodType | undefined = z.ZodType | undefined,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Answer = unknown,
> = {
  /** One line for the API description. */
  summary: string;
  access: Rule;
  /** Of the path, `{tenant}` apart, which `access` resolves. What does not parse is 404. */
  params?: Params;
  query?: Query;
  body?: Body;
  /** Of a success with a body; 204 answers none. Default 200. */
  status?: 200 | 201 | 204;
  /** The published view. */
  response?: z.ZodType;
  run(input: EndpointInput<Rule, Params, Query, Body>): Promise<Answer | Reply<Answer>>;
};

/** A handler that still knows how it was declared: for the API description and its tests. */
export type Endpoint = RouteHandler & { definition: Omit<EndpointDefinition, 'run'> };

/**
 * Makes a route handler: identify → authorise → parse path, query and body → run → render. Whatever
 * is thrown becomes an error of the admin API; every answer carries `x-request-id`.
 */
export function endpoint<
  const Rule extends AccessRule,
  Answer,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(definition: EndpointDefinition<Rule, Params, Query, Body, Answer>): Endpoint {
  const handle = (request: Request, context: RouteContext) =>
    answer(request, async () => {
      const path = await context.params;
      const access = await identify(request, definition.access, path);
      const input = {
        request,
        access: access as AccessOf<Rule>,
        params: parsePath(definition.params, path) as Parsed<Params>,
        query: parseQuery(definition.query, request) as Parsed<Query>,
        body: (await parseBody(definition.body, request)) as Parsed<Body>,
      };
      return render(await definition.run(input), definition.status ?? 200);
    });
  return Object.assign(handle, { definition });
}

/** Runs a handler's work, turns what it throws into an error answer and adds the common headers. */
export async function answer(request: Request, work: () => Promise<Response>): Promise<Response> {
  const requestId = randomUUID();
  let response: Response;
  try {
    response = await work();
  } catch (thrown) {
    response = renderError(toAppError(thrown), request, requestId);
  }
  response.headers.set('x-request-id', requestId);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  return response;
}

function renderError(error: AppError, request: Request, requestId: string): Response {
  if (error.status >= 500) {
    const { pathname } = new URL(request.url);
    log().error(
      { err: error.cause ?? error, requestId, method: request.method, path: pathname },
      'admin request failed',
    );
  }
  return Response.json(renderAdminError(error), {
    status: error.status,
    headers: errorHeaders(error),
  });
}

function render(result: unknown, status: number): Response {
  const { body, init } = result instanceof Reply ? result : new Reply(result);
  const finalStatus = init.status ?? status;
  if (finalStatus === 204) return new Response(null, { status: 204, headers: init.headers });
  return Response.json(body, { status: finalStatus, headers: init.headers });
}

async function identify(
  request: Request,
  rule: AccessRule,
  path: Awaited<RouteContext['params']>,
): Promise<AccessOf<AccessRule>> {
  const origin = clientOrigin(request);
  if (rule === 'public') return { actor: null, origin };
  const actor = await currentActor(request);
  if (!actor) {
    throw new AppError(
      'unauthorized',
      'Sign in, or send a valid admin token as Authorization: Bearer rga_….',
      { headers: { 'www-authenticate': 'Bearer' } },
    );
  }
  if (actor.type === 'user') requireSameOrigin(request);
  const caller: Caller = { actor, origin };
  return rule === 'actor' ? caller : authorise(caller, String(path.tenant ?? ''), rule);
}

function parsePath(schema: z.ZodType | undefined, path: Awaited<RouteContext['params']>): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(path);
  if (parsed.success) return parsed.data;
  throw new AppError('not_found', 'There is nothing at this address.');
}

function parseQuery(schema: z.ZodType | undefined, { url, method }: Request): unknown {
  if (!schema) return undefined;
  // An empty filter is none, but what deletes must not take more because a script's variable was empty.
  const entries = [...new URL(url).searchParams].filter(
    ([, value]) => value !== '' || method === 'DELETE',
  );
  const issues = entries.flatMap(([name, value]) => {
    const message = textFault(name) ?? textFault(value);
    return message ? [{ path: name, message }] : [];
  });
  if (issues.length > 0) throw invalid('The query is not valid.', issues);
  const parsed = schema.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  throw invalid('The query is not valid.', toIssues(parsed.error));
}

async function parseBody(schema: z.ZodType | undefined, request: Request): Promise<unknown> {
  if (!schema) return undefined;
  const json = await readJson(request);
  if (json === undefined && !schema.safeParse(undefined).success) {
    throw new AppError('invalid_json', 'The body is empty. Send a JSON object.');
  }
  const issues = storableFaults(json);
  if (issues.length > 0) throw invalid('The body is not valid.', issues);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw invalid('The body is not valid.', toIssues(parsed.error));
}

/** 422 with an issue per fault; the message counts them, so that a script's log is of use. */
export function invalid(what: string, issues: AppError['issues']): AppError {
  const [first] = issues;
  const where = first ? ` ${first.path === '' ? '' : `${first.path}: `}${first.message}` : '';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new AppError('validation_failed', `${what}${where}${more}`, { issues });
}
