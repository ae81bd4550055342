import type { JsonSchema, OpenApiDocument } from './types';

export const INFO: OpenApiDocument['info'] = {
  title: 'Rolegate',
  version: '1',
  description: [
    'The administration of tenants, roles and policies, and the gateway as applications call it.',
    '`{tenant}` and `{role}` are an id or a slug or name. Lists page by `limit` and `cursor` and answer',
    '`{items, nextCursor}`. Times are ISO 8601, money is a decimal string in USD. What belongs to another',
    'tenant is 404. The rules between the fields of a policy are checked at save and told as `issues`.',
  ].join(' '),
};

export const SECURITY_SCHEMES: Record<string, JsonSchema> = {
  adminToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'rga_…',
    description: 'An admin token of one tenant, made in the console under Settings.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'next-auth.session-token',
    description: 'A console session; over https the name begins with `__Secure-`.',
  },
  gatewayKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'rg_…',
    description: 'An API key of a role.',
  },
};
