import { z } from 'zod';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';
import { openApiDocument } from './document';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'This API as an OpenAPI 3.1 document.',
    access: 'public',
    response: z.looseObject({}),
    run: () => openApiDocument(),
  }),
});
