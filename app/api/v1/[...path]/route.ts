import { gatewayRequestOf, responseOf } from '@/lib/gateway/web-adapter';
import { currentRuntime } from '@/lib/server/current-runtime';

export const dynamic = 'force-dynamic';

/** Single models (`/v1/models/openai/gpt-4o`) and, in OpenAI's shape, the refusal of everything else. */
async function answer(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api/, '');
  return responseOf(await currentRuntime().handle(gatewayRequestOf(request, path)));
}

export {
  answer as DELETE,
  answer as GET,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
