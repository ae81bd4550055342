import { listPrices, pricesBody, replacePrices } from '@/lib/admin/prices';
import { pricesView } from '@/lib/admin/views';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: "The built-in price list with the tenant's own prices over it.",
    access: 'viewer',
    response: pricesView,
    run: ({ access }) => listPrices(access),
  }),
  PUT: endpoint({
    summary: "Replaces the tenant's own prices.",
    access: 'editor',
    body: pricesBody,
    response: pricesView,
    run: ({ access, body }) => replacePrices(access, body),
  }),
});
