import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { listPrices, pricesBody, replacePrices } from '@/lib/admin/prices';
import { pricesView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    ...ADMIN_OPERATIONS.listPrices,
    response: pricesView,
    run: ({ access }) => listPrices(access),
  }),
  PUT: endpoint({
    ...ADMIN_OPERATIONS.replacePrices,
    body: pricesBody,
    response: pricesView,
    run: ({ access, body }) => replacePrices(access, body),
  }),
});
