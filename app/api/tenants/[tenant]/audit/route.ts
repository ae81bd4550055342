import { auditQuery, listAudit } from '@/lib/admin/audit-log';
import { auditView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Every administrative act, newest first.',
    access: 'viewer',
    query: auditQuery,
    response: auditView,
    run: ({ access, query }) => listAudit(access, query),
  }),
});
