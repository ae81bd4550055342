import { oneByRef } from '@/lib/admin/inputs';
import { testProvider } from '@/lib/admin/provider-test';
import { providerTestView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: 'Calls the provider once with the stored credential and says how that went.',
    access: 'editor',
    params: oneByRef,
    response: providerTestView,
    run: ({ access, params }) => testProvider(access, params.id),
  }),
});
