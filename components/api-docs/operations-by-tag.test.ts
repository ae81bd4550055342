import { expect, it } from 'vitest';
import type { OpenApiDocument, OpenApiOperation } from '@/lib/openapi/types';
import { curlOf } from './curl';
import { operationsByTag } from './operations-by-tag';
import { typeName } from './type-name';

const operation = (id: string, tag: string): OpenApiOperation => ({
  operationId: id,
  tags: [tag],
  summary: id,
  description: '',
  security: [{ adminToken: [] }],
  parameters: [],
  responses: {},
});
const document: OpenApiDocument = {
  openapi: '3.1.1',
  jsonSchemaDialect: '',
  info: { title: '', version: '1', description: '' },
  servers: [],
  tags: ['Roles', 'Keys', 'Nothing'].map((name) => ({ name, description: '' })),
  paths: {
    '/api/keys': { get: operation('listKeys', 'Keys') },
    '/api/roles': { get: operation('listRoles', 'Roles'), post: operation('createRole', 'Roles') },
  },
  components: { schemas: {}, responses: {}, securitySchemes: {} },
};

it('groups operations in the order of the tags, and leaves empty groups out', () => {
  const groups = operationsByTag(document);
  expect(
    groups.map(({ name, operations }) => [name, operations.map((each) => each.method)]),
  ).toEqual([
    ['Roles', ['GET', 'POST']],
    ['Keys', ['GET']],
  ]);
});

it('writes a command that a shell takes, quotes in the body included', () => {
  const command = curlOf({
    method: 'POST',
    path: '/api/roles',
    operation: {
      ...operation('createRole', 'Roles'),
      parameters: [
        {
          name: 'If-Match',
          in: 'header',
          required: true,
          description: '',
          schema: {},
          example: '"1"',
        },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: {}, example: { name: "Ada's" } } },
      },
    },
  });
  expect(command).toContain(`-H 'If-Match: "1"'`);
  expect(command).toContain(`-d '{"name":"Ada'\\''s"}'`);
  expect(command).toContain('Bearer $ROLEGATE_TOKEN');
});

it.each([
  [{ $ref: '#/components/schemas/Role' }, 'Role'],
  [{ type: 'array', items: { $ref: '#/components/schemas/Role' } }, 'list of Role'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string or null'],
  [{ enum: ['a', 'b'] }, 'a | b'],
  [{ type: 'object', additionalProperties: { type: 'integer' } }, 'map to integer'],
  [{}, 'any'],
])('tells the type of %j as %s', (schema, name) => {
  expect(typeName(schema)).toBe(name);
});
