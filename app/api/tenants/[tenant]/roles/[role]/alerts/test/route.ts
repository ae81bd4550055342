import { sendTestAlert, testAlertBody } from '@/lib/admin/alerts';
import { oneRole } from '@/lib/admin/inputs';
import { testAlertView } from '@/lib/admin/ledger-views';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.sendTestAlert,
    params: oneRole,
    body: testAlertBody,
    status: 200,
    response: testAlertView,
    run: ({ access, params, body }) => sendTestAlert(access, params.role, body),
  }),
});
