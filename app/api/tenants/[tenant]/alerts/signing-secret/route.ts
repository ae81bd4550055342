import { readSigningSecret } from '@/lib/admin/alerts';
import { signingSecretView } from '@/lib/admin/ledger-views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: "The secret that the tenant's alert webhooks are signed with.",
    access: 'owner',
    response: signingSecretView,
    run: ({ access }) => Promise.resolve(readSigningSecret(access)),
  }),
});
