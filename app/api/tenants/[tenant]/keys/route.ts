import { createKey, keyInput, keysQuery, listKeys } from '@/lib/admin/keys';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { keysView, newKeyView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listKeys,
    query: keysQuery,
    response: keysView,
    run: ({ access, query }) => listKeys(access, query),
  }),
  POST: endpoint({
    ...ADMIN_OPERATIONS.createKey,
    body: keyInput,
    status: 201,
    response: newKeyView,
    run: ({ access, body }) => createKey(access, body),
  }),
});
