import { pageQuery } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { createToken, listTokens, tokenInput } from '@/lib/admin/tokens';
import { newTokenView, tokensView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listTokens,
    query: pageQuery,
    response: tokensView,
    run: ({ access, query }) => listTokens(access, query),
  }),
  POST: endpoint({
    ...ADMIN_OPERATIONS.createToken,
    body: tokenInput,
    status: 201,
    response: newTokenView,
    run: ({ access, body }) => createToken(access, body),
  }),
});
