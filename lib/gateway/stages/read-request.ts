import type { ChatRequest } from '@/lib/openai/wire';
import { readJsonBody } from '../body';
import { parseChatRequest } from '../chat-request';
import type { Governed } from '../context';
import type { Stage } from '../stage';

/** The body, once it is known whose it is: a stranger's is never read. */
export const readRequest: Stage<Governed, { request: ChatRequest }> = async ({
  incoming,
  trail,
  principal,
  dryRun,
}) => {
  const bytes = await readJsonBody(incoming.readBody, {
    contentType: incoming.header('content-type'),
    contentEncoding: incoming.header('content-encoding'),
  });
  const request = parseChatRequest(bytes);
  trail.stream = request.stream === true;
  trail.requestedModel = request.model ?? null;
  if (dryRun || principal.tenant.logContent !== 'none') trail.messages = request.messages;
  return { verdict: 'allow', reason: `${bytes.byteLength} bytes`, add: { request } };
};
