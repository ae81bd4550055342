import { pageQuery } from '@/lib/admin/inputs';
import { addMember, listMembers, memberInput } from '@/lib/admin/members';
import { membersView, newMemberView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Members, in the order they joined.',
    access: 'viewer',
    query: pageQuery,
    response: membersView,
    run: ({ access, query }) => listMembers(access, query),
  }),
  POST: endpoint({
    summary: 'Adds a person by e-mail address, with a link to set a password where one is needed.',
    access: 'owner',
    body: memberInput,
    status: 201,
    response: newMemberView,
    run: ({ access, body }) => addMember(access, body),
  }),
});
