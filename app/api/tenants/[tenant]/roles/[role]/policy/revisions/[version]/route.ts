import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { oneRevision, readRevision } from '@/lib/admin/policies';
import { revisionView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readRevision,
    params: oneRevision,
    response: revisionView,
    run: ({ access, params }) => readRevision(access, params.role, params.version),
  }),
});
