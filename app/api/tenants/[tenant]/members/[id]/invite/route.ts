import { oneById } from '@/lib/admin/inputs';
import { inviteAgain } from '@/lib/admin/members';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { invitationView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: endpoint({
    ...ADMIN_OPERATIONS.inviteAgain,
    params: oneById,
    status: 201,
    response: invitationView,
    run: ({ access, params }) => inviteAgain(access, params.id),
  }),
});
