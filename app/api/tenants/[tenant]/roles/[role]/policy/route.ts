import { oneRole } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { policyBody, readPolicy, savePolicy } from '@/lib/admin/policies';
import { policyView } from '@/lib/admin/views';
import { requireVersion, withEtag } from '@/lib/http/etag';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readPolicy,
    params: oneRole,
    response: policyView,
    run: async ({ access, params }) => withEtag(await readPolicy(access, params.role)),
  }),
  PUT: endpoint({
    ...ADMIN_OPERATIONS.savePolicy,
    params: oneRole,
    body: policyBody,
    response: policyView,
    async run({ access, params, body, request }) {
      const expectedVersion = requireVersion(request);
      return withEtag(await savePolicy(access, params.role, { ...body, expectedVersion }));
    },
  }),
});
