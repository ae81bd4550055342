import { gatewayRequestOf, responseOf } from '@/lib/gateway/web-adapter';
import { currentRuntime } from '@/lib/server/current-runtime';

export const dynamic = 'force-dynamic';

async function answer(request: Request): Promise<Response> {
  return responseOf(await currentRuntime().handle(gatewayRequestOf(request, '/v1/models')));
}

export {
  answer as DELETE,
  answer as GET,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
