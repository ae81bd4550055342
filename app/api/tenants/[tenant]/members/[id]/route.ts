import { oneById } from '@/lib/admin/inputs';
import { changeMember, memberPatch, removeMember } from '@/lib/admin/members';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { memberView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PATCH: endpoint({
    ...ADMIN_OPERATIONS.updateMember,
    params: oneById,
    body: memberPatch,
    response: memberView,
    run: ({ access, params, body }) => changeMember(access, params.id, body),
  }),
  DELETE: endpoint({
    ...ADMIN_OPERATIONS.removeMember,
    params: oneById,
    status: 204,
    run: ({ access, params }) => removeMember(access, params.id),
  }),
});
