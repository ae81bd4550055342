import { isInputObjectType, isObjectType, validateSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationsOf, wireDocument } from '@/lib/openapi/testing/document';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { allPolicyFields } from '@/lib/policy/walk';
import { MUTATIONS } from './mutations';
import { QUERIES } from './queries';
import { graphqlSchema } from './schema';

const schema = graphqlSchema();
const names = (name: string) => {
  const type = schema.getType(name);
  return isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
};

/** REST's operations that have another name here, or none. */
const ELSEWHERE: Readonly<Record<string, string | null>> = {
  listTenants: 'tenants',
  savePolicy: 'replacePolicy',
  lintPolicy: 'lint',
  verifyLedger: 'ledgerVerification',
  // For who has no account yet, and what is not of the admin API.
  readInvite: null,
  acceptInvite: null,
  graphql: null,
  readOpenApi: null,
  readPolicySchema: null,
};

describe('the GraphQL schema', () => {
  it('is valid, and describes every field of the roots', () => {
    expect(validateSchema(schema)).toEqual([]);
    for (const { summary } of Object.values({ ...QUERIES, ...MUTATIONS })) {
      expect(summary).not.toBe('');
    }
  });

  it('has the queries that were asked for', () => {
    const asked =
      'tenants roles role policy revisions usage budgets cacheStats breakers requests alerts audit';
    expect(names('Query')).toEqual(expect.arrayContaining(asked.split(' ')));
  });

  it('can do what REST can do', async () => {
    const roots = new Set([...names('Query'), ...names('Mutation')]);
    const admin = operationsOf(await wireDocument()).filter(
      ({ operation }) => !operation.tags.includes('Gateway'),
    );
    for (const { operation } of admin) {
      const id = operation.operationId;
      const plain = id.replace(/^(read|list)/, '');
      const expected = id in ELSEWHERE ? ELSEWHERE[id] : id;
      const found = [expected, plain.charAt(0).toLowerCase() + plain.slice(1)];
      expect(expected === null || found.some((name) => name && roots.has(name)), id).toBe(true);
    }
  });

  it('has every field of every section, in what is sent and in what is answered', () => {
    for (const suffix of ['', 'Input']) {
      expect(names(`RolePolicy${suffix}`)).toEqual([...POLICY_KINDS]);
      for (const { keys } of allPolicyFields()) {
        expect(holderOf(keys, suffix), keys.join('.')).toContain(keys.at(-1));
      }
    }
  });
});

/** The fields of the type that holds the last of some keys; entries of lists and maps are gone into. */
function holderOf(keys: readonly string[], suffix: string): string[] {
  let type = schema.getType(`RolePolicy${suffix}`);
  for (const key of keys.slice(0, -1).filter((each) => each !== '*')) {
    if (!isObjectType(type) && !isInputObjectType(type)) return [];
    const inner = String(type.getFields()[key]?.type ?? '').replace(/[[\]!]/g, '');
    type = schema.getType(inner);
  }
  return type ? names(type.name) : [];
}
