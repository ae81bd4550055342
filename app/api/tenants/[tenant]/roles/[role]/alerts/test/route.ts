import { sendTestAlert, testAlertBody } from '@/lib/admin/alerts';
import { oneRole } from '@/lib/admin/inputs';
import { testAlertView } from '@/lib/admin/ledger-views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    summary: "Sends a test alert now, to a role's channels or those given, and tells what came of it.",
    access: 'editor',
    params: oneRole,
    body: testAlertBody,
    status: 200,
    response: testAlertView,
    run: ({ access, params, body }) => sendTestAlert(access, params.role, body),
  }),
});
