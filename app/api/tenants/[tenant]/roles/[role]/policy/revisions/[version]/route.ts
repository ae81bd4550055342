import { oneRevision, readRevision } from '@/lib/admin/policies';
import { revisionView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'One version with its whole document.',
    access: 'viewer',
    params: oneRevision,
    response: revisionView,
    run: ({ access, params }) => readRevision(access, params.role, params.version),
  }),
});
