import { pageQuery } from '@/lib/admin/inputs';
import { createToken, listTokens, tokenInput } from '@/lib/admin/tokens';
import { newTokenView, tokensView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Admin tokens, newest first.',
    access: 'owner',
    query: pageQuery,
    response: tokensView,
    run: ({ access, query }) => listTokens(access, query),
  }),
  POST: endpoint({
    summary: 'Creates an admin token; the secret is in this answer only.',
    access: 'owner',
    body: tokenInput,
    status: 201,
    response: newTokenView,
    run: ({ access, body }) => createToken(access, body),
  }),
});
