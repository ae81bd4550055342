import { z } from 'zod';
import { schemaOf } from './convert';
import type { OperationFacts } from './operations';
import type { OpenApiParameter, OperationDefinition } from './types';

const PATH: Readonly<Record<string, string>> = {
  tenant: 'Id or slug of a tenant.',
  role: 'Id or name of a role.',
  version: 'Version of the policy.',
  provider: 'Name of a provider connection.',
  token: 'Of an invitation link, the last part.',
  model: '`provider/model`.',
};
const IDS: Readonly<Record<string, string>> = {
  keys: 'Id of the key.',
  tokens: 'Id of the token.',
  members: 'Id of the membership.',
  providers: 'Id or name of the provider connection.',
  requests: 'Id of the request, its x-request-id.',
};
const QUERY: Readonly<Record<string, string>> = {
  limit: 'Entries of a page, 50 unless told.',
  cursor: '`nextCursor` of the page before.',
  from: 'Beginning: a time, or a day of the tenant’s calendar.',
  to: 'End: a time, which is left out, or a day, which is included.',
  role: 'Id or name of a role: only what is its own.',
  key: 'Id of a key: only its requests.',
  status: 'An HTTP status such as 429, a class such as 4xx, or how a delivery went.',
  code: 'An error code such as rate_limit_exceeded.',
  provider: 'Name of the connection that answered.',
  model: 'Model that answered, or that was asked for.',
  by: 'What is added up by.',
  pattern: 'RE2, searched in the question: only entries that match.',
  entry: 'Id of one entry.',
  revoked: '`true` lists revoked keys too.',
  action: 'What was done, such as policy.update.',
  targetType: 'What it was done to: role, key, provider, …',
  targetId: 'The id of what it was done to.',
  actorId: 'The id of who did it.',
};
/** `from` of a new role is not a time. */
const ROLE_SOURCE =
  'Where its policy comes from: `tier`, `tier:free`, `tier:professional`, `tier:enterprise`, or a role. Left out: every section off.';

/** Path, query and header parameters of an operation. */
export function parametersOf(
  path: string,
  definition: OperationDefinition,
  facts: OperationFacts,
): OpenApiParameter[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): OpenApiParameter => ({
    name,
    in: 'path',
    required: true,
    description: PATH[name] ?? IDS[listBefore(path)] ?? '',
    schema: propertyOf(definition.params, name) ?? { type: 'string' },
  }));
  const query = Object.keys(shapeOf(definition.query)).map((name): OpenApiParameter => ({
    name,
    in: 'query',
    required: false,
    description: facts.id === 'createRole' ? ROLE_SOURCE : (QUERY[name] ?? ''),
    schema: propertyOf(definition.query, name) ?? {},
  }));
  return [...inPath, ...query, ...ifMatch(facts)];
}

function ifMatch({ ifMatch: need }: OperationFacts): OpenApiParameter[] {
  if (!need) return [];
  const description =
    'The ETag of the version that the change was made on, or `*` for whatever is current.';
  const schema = { type: 'string' };
  const required = need === 'required';
  return [{ name: 'If-Match', in: 'header', required, description, schema, example: '"1"' }];
}

function listBefore(path: string): string {
  return /\/(\w+)\/\{id\}/.exec(path)?.[1] ?? '';
}

function shapeOf(schema: z.ZodType | undefined): Record<string, z.ZodType> {
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
}

/** What is coerced is described by what it must come to: its input could be anything. */
function propertyOf(schema: z.ZodType | undefined, name: string) {
  const field = shapeOf(schema)[name];
  if (!field) return undefined;
  const plain = schemaOf(field, 'input');
  return Object.keys(plain).length > 0 ? plain : schemaOf(field, 'output');
}
