import { policyJsonSchema } from '@/lib/policy/walk';
import { z } from 'zod';
import { resource } from '@/lib/http/methods';
import { endpoint } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: endpoint({
    summary: 'JSON Schema of the policy document.',
    access: 'public',
    response: z.looseObject({}),
    run: () => Promise.resolve(policyJsonSchema()),
  }),
});
