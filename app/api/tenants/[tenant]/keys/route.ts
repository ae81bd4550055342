import { createKey, keyInput, keysQuery, listKeys } from '@/lib/admin/keys';
import { keysView, newKeyView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'API keys, newest first.',
    access: 'viewer',
    query: keysQuery,
    response: keysView,
    run: ({ access, query }) => listKeys(access, query),
  }),
  POST: endpoint({
    summary: 'Creates an API key; the secret is in this answer only.',
    access: 'editor',
    body: keyInput,
    status: 201,
    response: newKeyView,
    run: ({ access, body }) => createKey(access, body),
  }),
});
