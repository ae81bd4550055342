import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { oneRevision, restoreBody, restoreRevision } from '@/lib/admin/policies';
import { policyView } from '@/lib/admin/views';
import { optionalVersion, withEtag } from '@/lib/http/etag';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.restoreRevision,
    params: oneRevision,
    body: restoreBody,
    status: 201,
    response: policyView,
    async run({ access, params, body, request }) {
      const options = { comment: body.comment, expectedVersion: optionalVersion(request) };
      return withEtag(await restoreRevision(access, params.role, params.version, options));
    },
  }),
});
