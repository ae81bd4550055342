import { oneByRef } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { changeProvider, deleteProvider, providerPatch, readProvider } from '@/lib/admin/providers';
import { providerView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readProvider,
    params: oneByRef,
    response: providerView,
    run: ({ access, params }) => readProvider(access, params.id),
  }),
  PATCH: endpoint({
    ...ADMIN_OPERATIONS.updateProvider,
    params: oneByRef,
    body: providerPatch,
    response: providerView,
    run: ({ access, params, body }) => changeProvider(access, params.id, body),
  }),
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.deleteProvider,
    params: oneByRef,
    status: 204,
    run: ({ access, params }) => deleteProvider(access, params.id),
  }),
});
