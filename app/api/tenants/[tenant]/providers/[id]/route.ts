import { oneByRef } from '@/lib/admin/inputs';
import { changeProvider, deleteProvider, providerPatch, readProvider } from '@/lib/admin/providers';
import { providerView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'One provider connection, by id or name.',
    access: 'viewer',
    params: oneByRef,
    response: providerView,
    run: ({ access, params }) => readProvider(access, params.id),
  }),
  PATCH: endpoint({
    summary: 'Changes a provider connection; a new base URL takes the API key again.',
    access: 'editor',
    params: oneByRef,
    body: providerPatch,
    response: providerView,
    run: ({ access, params, body }) => changeProvider(access, params.id, body),
  }),
  DELETE: endpoint({
    summary: 'Deletes a provider connection.',
    access: 'editor',
    params: oneByRef,
    status: 204,
    run: ({ access, params }) => deleteProvider(access, params.id),
  }),
});
