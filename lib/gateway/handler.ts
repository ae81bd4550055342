import { AppError } from '@/lib/errors/app-error';
import { toAppError } from '@/lib/errors/render';
import type { GatewayRequest } from './call';
import type { GatewayDeps } from './deps';
import { listModels, retrieveModel } from './models';
import { answerChat } from './pipeline';
import { requestId } from './request-id';
import { errorReply, type GatewayReply } from './reply';

type Route = {
  method: string;
  answer(request: GatewayRequest, deps: GatewayDeps): Promise<GatewayReply>;
};

const ROUTES: Readonly<Record<string, Route>> = {
  '/v1/chat/completions': { method: 'POST', answer: answerChat },
  '/v1/models': { method: 'GET', answer: listModels },
};
const MODEL_PREFIX = '/v1/models/';
const oneModel: Route = { method: 'GET', answer: retrieveModel };

/**
 * The gateway, whatever carries it: both planes hand their requests to this function and write what
 * it returns. Never rejects. A streamed body must be iterated or returned, or its slot stays taken
 * until the deadline.
 */
export async function handleGatewayRequest(
  request: GatewayRequest,
  deps: GatewayDeps,
): Promise<GatewayReply> {
  const route = routeOf(request.path);
  if (!route) return strayReply(unknownPath(request), deps);
  if (request.method !== route.method) return strayReply(wrongMethod(request, route), deps);
  try {
    return await route.answer(request, deps);
  } catch (error) {
    deps.log.error({ err: error, path: request.path }, 'a gateway request failed');
    return strayReply(toAppError(error), deps);
  }
}

/** A refusal of what never became a call still has an id to ask about. */
function strayReply(error: AppError, { clock }: GatewayDeps): GatewayReply {
  const reply = errorReply(error);
  return { ...reply, headers: { ...reply.headers, 'x-request-id': requestId(clock.now()) } };
}

function routeOf(path: string): Route | undefined {
  if (Object.hasOwn(ROUTES, path)) return ROUTES[path];
  return path.startsWith(MODEL_PREFIX) && path.length > MODEL_PREFIX.length ? oneModel : undefined;
}

function unknownPath({ method }: GatewayRequest): AppError {
  return new AppError(
    'not_found',
    `There is nothing at this URL for ${method}. The gateway serves POST /v1/chat/completions and GET /v1/models.`,
  );
}

function wrongMethod({ method }: GatewayRequest, route: Route): AppError {
  return new AppError(
    'method_not_allowed',
    `${method} is not possible here. Use ${route.method}.`,
    {
      headers: { allow: route.method },
    },
  );
}
