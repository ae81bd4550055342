import { readSigningSecret } from '@/lib/admin/alerts';
import { signingSecretView } from '@/lib/admin/ledger-views';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.readSigningSecret,
    response: signingSecretView,
    run: ({ access }) => Promise.resolve(readSigningSecret(access)),
  }),
});
