import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { defaultPoliciesForTier, TIERS } from '@/lib/policy/tiers';
import { policyJsonSchema } from '@/lib/policy/walk';
import { operationsOf, servedOperations, wireDocument } from './testing/document';
import { schemaCheck } from './testing/schema-check';

const document = await wireDocument();
const operations = operationsOf(document);
const check = schemaCheck(document);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect([result.valid, document.openapi.slice(0, 3)]).toEqual([true, '3.1']);
  });

  it('has every route that is served, and no other', async () => {
    const described = operations.map(({ name }) => name);
    // One handler serves this under a catch-all of the gateway.
    const single = 'GET /api/v1/models/{model}';
    expect(described.toSorted()).toEqual([...(await servedOperations()), single].toSorted());
  });

  it('names each operation once, in a known group, with a description of each parameter', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { name, path, operation } of operations) {
      expect(tags, name).toEqual(expect.arrayContaining(operation.tags));
      expect(operation.summary, name).not.toBe('');
      const inPath = operation.parameters.filter((each) => each.in === 'path');
      expect(inPath.map((each) => `{${each.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      for (const parameter of operation.parameters) {
        expect(parameter.description, `${name} ${parameter.name}`).not.toBe('');
        expect(Object.keys(parameter.schema), `${name} ${parameter.name}`).not.toEqual([]);
      }
    }
  });

  it('refers to nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of new Set(refs)) {
      const target = (ref ?? '')
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(target, ref).toBeDefined();
    }
  });

  it('gives an example of every body and every answer with content, each valid', () => {
    for (const { name, operation } of operations) {
      const answers = Object.values(operation.responses).flatMap((response) =>
        'content' in response ? [response] : [],
      );
      for (const { content } of [operation.requestBody, ...answers].filter((each) => !!each)) {
        const media = content?.['application/json'];
        // The two documents are not repeated in one of them.
        if (!media || /\.json$/.test(name)) continue;
        expect(media.example, name).toBeDefined();
        expect(check(media.schema, media.example), name).toBe('');
      }
    }
    for (const [name, response] of Object.entries(document.components.responses)) {
      const media = response.content?.['application/json'];
      if (media?.example) expect(check(media.schema, media.example), name).toBe('');
    }
  });

  it('refuses by its schemas what the server refuses', () => {
    const { schema = {} } =
      document.paths['/api/tenants/{tenant}/keys']?.post?.requestBody?.content[
        'application/json'
      ] ?? {};
    expect(check(schema, { name: 'k', role: 'default' })).toBe('');
    expect(check(schema, { name: 'k', role: 'default', surprise: 1 })).toContain('surprise');
    expect(check(schema, { role: 'default' })).toContain('name');
  });
});

describe('the JSON Schema of a policy', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(policyJsonSchema());

  it('is of draft 2020-12', () => {
    const schema = policyJsonSchema();
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  it.each(TIERS)("takes the %s tier's policy, and an empty one", (tier) => {
    expect(validate(defaultPoliciesForTier(tier)) || validate.errors).toBe(true);
    expect(validate({})).toBe(true);
  });

  it('refuses unknown keys, wrong types and numbers out of bounds', () => {
    for (const policy of [
      { surprise: {} },
      { cachingPolicy: { similarityThreshold: 2 } },
      { routingPolicy: { strategy: 'COST' } },
      { resiliencePolicy: { fallbackChain: [{ provider: 'openai' }] } },
    ]) {
      expect(validate(policy)).toBe(false);
    }
  });
});
