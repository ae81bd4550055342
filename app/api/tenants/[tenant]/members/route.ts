import { pageQuery } from '@/lib/admin/inputs';
import { addMember, listMembers, memberInput } from '@/lib/admin/members';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { membersView, newMemberView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listMembers,
    query: pageQuery,
    response: membersView,
    run: ({ access, query }) => listMembers(access, query),
  }),
  POST: endpoint({
    ...ADMIN_OPERATIONS.addMember,
    body: memberInput,
    status: 201,
    response: newMemberView,
    run: ({ access, body }) => addMember(access, body),
  }),
});
