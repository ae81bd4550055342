import { z } from 'zod';
import { acceptedInviteView, inviteView } from '@/lib/admin/views';
import { acceptInvite, passwordSchema, readInvite } from '@/lib/auth/invite';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

const params = z.object({ token: z.string().max(200) });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'Whom an invitation link is for.',
    access: 'public',
    params,
    response: inviteView,
    run: ({ params: { token } }) => readInvite(token),
  }),
  POST: endpoint({
    summary: 'Sets the first password of the invited person.',
    access: 'public',
    params,
    body: z.strictObject({ password: passwordSchema }),
    response: acceptedInviteView,
    run: ({ params: { token }, body, access }) => acceptInvite(token, body.password, access.origin),
  }),
});
