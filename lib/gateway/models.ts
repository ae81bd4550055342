import { AppError } from '@/lib/errors/app-error';
import { compilePolicy } from '@/lib/policy/compile';
import { openCall, type Call, type GatewayRequest } from './call';
import type { Identified } from './context';
import type { GatewayDeps } from './deps';
import { trailHeaders } from './headers';
import { isPermitted } from './permitted-targets';
import { JSON_TYPE, type GatewayReply } from './reply';
import { refuse } from './refuse';
import { Pipeline } from './stage';
import { identify } from './stages/identify';
import { modelsOf } from './targets';

/** OpenAI's model object. `created` is unknown here and OpenAI's clients require a number. */
type Model = { id: string; object: 'model'; created: number; owned_by: string };

const caller = Pipeline.start().stage('authenticate', identify);

/** `GET /v1/models`: what the key's role may use, as `provider/model`, sorted within each connection as it lists them. */
export function listModels(incoming: GatewayRequest, deps: GatewayDeps): Promise<GatewayReply> {
  return answer(incoming, deps, (call) => ({ object: 'list', data: permittedModels(call, deps) }));
}

/** `GET /v1/models/{model}`, the name as it is or percent-encoded. */
export function retrieveModel(incoming: GatewayRequest, deps: GatewayDeps): Promise<GatewayReply> {
  return answer(incoming, deps, (call) => {
    const id = decodedName(incoming.path.slice('/v1/models/'.length));
    const model = permittedModels(call, deps).find((each) => each.id === id);
    if (model) return model;
    throw new AppError(
      'model_not_found',
      'There is no such model, or this key may not use it. GET /v1/models lists those it may.',
      { param: 'model' },
    );
  });
}

async function answer(
  incoming: GatewayRequest,
  deps: GatewayDeps,
  render: (call: Identified) => object,
): Promise<GatewayReply> {
  const call: Call = openCall(incoming, deps);
  try {
    const body = JSON.stringify(render(await caller.run(call, deps)));
    await call.scope.close();
    const headers = { 'content-type': JSON_TYPE, ...modelHeaders(call) };
    return { status: 200, headers, body };
  } catch (error) {
    return refuse(call, error);
  }
}

/** No answer was looked for, so cache and attempts do not apply. */
function modelHeaders({ id, trail }: Call): Record<string, string> {
  const headers = trailHeaders(id, trail);
  delete headers['x-rolegate-cache'];
  delete headers['x-rolegate-attempts'];
  return headers;
}

function permittedModels({ principal }: Identified, deps: GatewayDeps): Model[] {
  const policy = compilePolicy(principal.policy.document);
  return principal.connections.flatMap((connection) =>
    modelsOf(connection, deps.catalogue)
      .filter((model) => isPermitted(policy, { connection, model }))
      .map((model) => ({
        id: `${connection.name}/${model}`,
        object: 'model' as const,
        created: 0,
        owned_by: connection.name,
      })),
  );
}

function decodedName(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
