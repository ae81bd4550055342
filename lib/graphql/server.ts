import 'server-only';
import { GraphQLError, parse, type ParseOptions, type Source } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { currentActor } from '@/lib/auth/current-actor';
import { AppError } from '@/lib/errors/app-error';
import { errorHeaders, toAppError } from '@/lib/errors/render';
import { MAX_BODY_BYTES, readText } from '@/lib/http/body';
import { clientOrigin } from '@/lib/http/client-origin';
import { requireSameOrigin } from '@/lib/http/same-origin';
import { RequestScope, type GraphContext } from './context';
import { answered, refusal } from './errors';
import { checkLimits, LIMITS } from './limits';
import { graphqlSchema } from './schema';

/** Refuses what is too much, before it is read, before it is run. */
const limits: Plugin = {
  onParse({ setParseFn }) {
    setParseFn((source: string | Source, options?: ParseOptions) =>
      parse(source, { ...options, maxTokens: LIMITS.tokens }),
    );
  },
  onExecute({ args, setResultAndStopExecution }) {
    try {
      checkLimits(args.document, args.operationName, args.variableValues ?? {});
    } catch (error) {
      const original = toAppError(error);
      const wrapped = new GraphQLError(original.message, { originalError: original });
      setResultAndStopExecution({ errors: [wrapped] });
    }
  },
};

const errors: Plugin = {
  onExecutionResult({ result, setResult }) {
    // There are no subscriptions, so an answer is one result.
    if (!result || Symbol.asyncIterator in result || !result.errors) return;
    setResult({ ...result, errors: result.errors.map(answered) });
  },
};

type Yoga = ReturnType<typeof createYoga<GraphContext>>;
let made: Yoga | undefined;

function yoga(): Yoga {
  return (made ??= createYoga<GraphContext>({
    schema: graphqlSchema(),
    graphqlEndpoint: '/api/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    logging: false,
    // `errors` decides what is shown of an error.
    maskedErrors: false,
    plugins: [limits, errors],
  }));
}

/**
 * `POST /api/graphql`: identify → run → render. Everything takes a caller, introspection included, and
 * every field authorises as its REST counterpart does.
 */
export async function handleGraphQL(request: Request): Promise<Response> {
  try {
    const scope = new RequestScope(await callerOf(request));
    const body = await readText(request, MAX_BODY_BYTES);
    const { url, headers } = request;
    const answer = await yoga().handleRequest(
      new Request(url, { method: 'POST', headers: withoutLength(headers), body }),
      { scope },
    );
    // As the runtime's own Response, whatever the library made it of.
    return new Response(await answer.text(), {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    return Response.json(refusal(error), { status: error.status, headers: errorHeaders(error) });
  }
}

async function callerOf(request: Request) {
  const actor = await currentActor(request);
  if (!actor) {
    throw new AppError(
      'unauthorized',
      'Sign in, or send a valid admin token as Authorization: Bearer rga_….',
      { headers: { 'www-authenticate': 'Bearer' } },
    );
  }
  if (actor.type === 'user') requireSameOrigin(request);
  return { actor, origin: clientOrigin(request) };
}

/** The body was read as text and is sent on as that. */
function withoutLength(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-length');
  copy.delete('content-encoding');
  return copy;
}
