import { auditQuery, listAudit } from '@/lib/admin/audit-log';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { auditView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listAudit,
    query: auditQuery,
    response: auditView,
    run: ({ access, query }) => listAudit(access, query),
  }),
});
