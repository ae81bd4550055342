import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '@/lib/db/testing';
import { emptyPolicy, type RolePolicy } from '@/lib/policy/role-policy';
import { bootstrap, createTestTenant, type TestTenant } from './testing/fixture';
import { errorView, policyView, revisionsView, revisionView } from './views';

const database = await testDatabase();
afterAll(() => database.close());

let tenant: TestTenant;
let path: string;
beforeEach(async () => {
  tenant = await createTestTenant();
  await tenant.editor.post(`${tenant.path}/roles`, { name: 'agents' });
  path = `${tenant.path}/roles/agents/policy`;
});

const put = (policy: unknown, version: number, client = tenant.editor) =>
  client.put(path, policy, { 'if-match': `"${version}"` });
const withLimit = (requestsPerMinute: number): Partial<RolePolicy> => ({
  rateLimitPolicy: { ...emptyPolicy.rateLimitPolicy, enabled: true, requestsPerMinute },
});
const WEBHOOK = 'https://hooks.example.com/services/T0/B0/very-secret';

describe('a policy', () => {
  it('is read whole, with its version as ETag', async () => {
    const answer = await tenant.viewer.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(policyView.parse(answer.body)).toEqual({ version: 1, policy: emptyPolicy });
  });

  it('is saved on the version it was made on, with every default filled in', async () => {
    const answer = await put(withLimit(7), 1);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(policyView.parse(answer.body)).toEqual({
      version: 2,
      policy: { ...emptyPolicy, ...withLimit(7) },
    });
    expect((await tenant.viewer.get(path)).body).toEqual(answer.body);
  });

  it('may come with a comment around it', async () => {
    const answer = await put({ policy: withLimit(8), comment: 'Half as much' }, 1);
    expect(answer.status).toBe(200);
    const { items } = revisionsView.parse((await tenant.viewer.get(`${path}/revisions`)).body);
    expect(items[0]).toMatchObject({
      version: 2,
      comment: 'Half as much',
      actor: { type: 'token', name: 'editor' },
      userAgent: 'vitest',
      diff: [
        { path: 'rateLimitPolicy.enabled', from: false, to: true },
        { path: 'rateLimitPolicy.requestsPerMinute', from: 0, to: 8 },
      ],
    });
  });

  it('stays at its version when nothing changes', async () => {
    await put(withLimit(7), 1);
    const answer = await put(withLimit(7), 2);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"']);
    const revisions = await tenant.viewer.get(`${path}/revisions`);
    expect(revisionsView.parse(revisions.body).items).toHaveLength(2);
  });

  it('is not saved without If-Match', async () => {
    const answer = await tenant.editor.put(path, withLimit(7));
    expect([answer.status, errorView.parse(answer.body).error.code]).toEqual([
      428,
      'precondition_required',
    ]);
  });

  it('is not saved over a change that came between, and says whose and which version', async () => {
    await put(withLimit(7), 1, tenant.owner);
    const answer = await put(withLimit(8), 1);
    expect(answer.status).toBe(412);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(errorView.parse(answer.body).error).toMatchObject({
      code: 'version_conflict',
      currentVersion: 2,
      current: { version: 2, actor: { name: 'owner' } },
    });
    expect((await tenant.viewer.get(path)).body).toMatchObject({
      policy: { rateLimitPolicy: { requestsPerMinute: 7 } },
    });
  });

  it.each(['"x"', '', '"0"', 'W/"99"'])('is not saved on the ETag %s', async (etag) => {
    expect((await tenant.editor.put(path, withLimit(7), { 'if-match': etag })).status).toBe(412);
  });

  it('lets one of many who save on one version through', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((limit) => put(withLimit(limit), 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
  });

  it('is refused with the path of each fault', async () => {
    const faulty = {
      rateLimitPolicy: { enabled: true, requestsPerMinute: -1, colour: 'red' },
      budgetPolicy: { alertThreshold: 0.99, alertWebhook: 'https://10.0.0.1/hook' },
      promptPolicies: { blockedPatterns: ['(unclosed'] },
    };
    for (const body of [faulty, { policy: faulty }]) {
      const answer = await put(body, 1);
      expect(answer.status).toBe(422);
      const { error } = errorView.parse(answer.body);
      expect(error.code).toBe('validation_failed');
      expect(error.issues.map((issue) => issue.path).sort()).toEqual([
        'budgetPolicy.alertThreshold',
        'budgetPolicy.alertWebhook',
        'promptPolicies.blockedPatterns.0',
        'rateLimitPolicy.colour',
        'rateLimitPolicy.requestsPerMinute',
      ]);
    }
    expect((await tenant.viewer.get(path)).headers.get('etag')).toBe('"1"');
  });

  it.each([
    ['an unknown section', { cachePolicy: {} }, 'cachePolicy'],
    ['an unknown field beside the document', { policy: {}, force: true }, 'force'],
    ['a comment that is no text', { policy: {}, comment: 7 }, 'comment'],
    ['a document that is no object', { policy: [] }, 'policy'],
    ['a list', [], ''],
  ])('is refused with %s', async (_what, body, at) => {
    const answer = await put(body, 1);
    expect(answer.status).toBe(422);
    expect(errorView.parse(answer.body).error.issues[0]?.path).toBe(at);
  });

  it('hides the path of a webhook from viewers, diffs, revisions and the audit trail', async () => {
    const budgetPolicy = { alertWebhook: WEBHOOK };
    expect((await put({ budgetPolicy }, 1)).body).toMatchObject({ policy: { budgetPolicy } });
    expect((await tenant.editor.get(path)).body).toMatchObject({ policy: { budgetPolicy } });
    const seen = await Promise.all(
      [path, `${path}/revisions`, `${path}/revisions/2`, `${tenant.path}/audit`].map((each) =>
        tenant.viewer.get(each),
      ),
    );
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const { body } of seen) expect(JSON.stringify(body)).not.toContain('very-secret');
    expect(policyView.parse(seen[0]?.body).policy.budgetPolicy.alertWebhook).toBe(
      'https://hooks.example.com/***',
    );
    const { rows } = await database.owner.query(
      `SELECT budget_policy::text || (SELECT string_agg(document::text || diff::text, '') FROM role_policy_revisions) AS stored
       FROM roles WHERE name = 'agents' AND tenant_id = $1`,
      [tenant.id],
    );
    expect(rows[0].stored).not.toContain('very-secret');
  });

  it('that cannot be read is 503, and is repaired by a save on whatever is there', async () => {
    await database.owner.query(
      `UPDATE roles SET prompt_policies = '{"enabled": 7}' WHERE tenant_id = $1`,
      [tenant.id],
    );
    const answer = await tenant.viewer.get(path);
    expect([answer.status, errorView.parse(answer.body).error.code]).toEqual([
      503,
      'policy_unavailable',
    ]);
    expect((await tenant.editor.put(path, withLimit(3), { 'if-match': '*' })).status).toBe(200);
    expect((await tenant.viewer.get(path)).status).toBe(200);
  });
});

describe('revisions', () => {
  it('page from the newest, and each is there whole', async () => {
    for (const version of [1, 2, 3]) await put(withLimit(version * 10), version);
    const first = revisionsView.parse((await tenant.viewer.get(`${path}/revisions?limit=3`)).body);
    expect(first.items.map((item) => item.version)).toEqual([4, 3, 2]);
    const cursor = encodeURIComponent(first.nextCursor ?? '');
    const rest = await tenant.viewer.get(`${path}/revisions?limit=3&cursor=${cursor}`);
    expect(revisionsView.parse(rest.body)).toMatchObject({
      items: [{ version: 1 }],
      nextCursor: null,
    });
    const one = revisionView.parse((await tenant.viewer.get(`${path}/revisions/3`)).body);
    expect(one.policy.rateLimitPolicy.requestsPerMinute).toBe(20);
  });

  it('are restored as a new version', async () => {
    await put(withLimit(10), 1);
    await put(withLimit(20), 2);
    const answer = await tenant.editor.post(`${path}/revisions/2/restore`);
    expect(answer.status).toBe(201);
    expect(policyView.parse(answer.body)).toMatchObject({
      version: 4,
      policy: { rateLimitPolicy: { requestsPerMinute: 10 } },
    });
    const latest = revisionView.parse((await tenant.viewer.get(`${path}/revisions/4`)).body);
    expect(latest).toMatchObject({ restoredFrom: 2, comment: 'Restored version 2' });
  });

  it('are restored without a body, and not over a change that came between when If-Match is sent', async () => {
    await put(withLimit(10), 1);
    const bare = await tenant.editor.call('POST', `${path}/revisions/1/restore`);
    expect(bare.status).toBe(201);
    const stale = await tenant.editor.post(
      `${path}/revisions/2/restore`,
      {},
      { 'if-match': '"2"' },
    );
    expect(stale.status).toBe(412);
  });

  it.each(['0', '-1', '1.5', 'x', '99', '99999999999'])(
    'there is none of version %s',
    async (version) => {
      expect((await tenant.viewer.get(`${path}/revisions/${version}`)).status).toBe(404);
      expect((await tenant.editor.post(`${path}/revisions/${version}/restore`)).status).toBe(404);
    },
  );
});

describe("a new role's policy", () => {
  const create = (query: string, name: string) =>
    tenant.editor.post(`${tenant.path}/roles${query}`, { name });
  const policyOf = async (role: string) =>
    policyView.parse((await tenant.viewer.get(`${tenant.path}/roles/${role}/policy`)).body).policy;

  it("is the tier's of the tenant, of a named tier, or another role's", async () => {
    await put(withLimit(77), 1);
    for (const [from, name] of [
      ['tier', 'own-tier'],
      ['tier:enterprise', 'enterprise-tier'],
      ['professional', 'professional-tier'],
      ['agents', 'copy'],
    ]) {
      expect((await create(`?from=${from}`, name ?? '')).status).toBe(201);
    }
    expect((await policyOf('own-tier')).rateLimitPolicy.requestsPerMinute).toBe(20);
    expect((await policyOf('enterprise-tier')).rateLimitPolicy.requestsPerMinute).toBe(3000);
    expect((await policyOf('professional-tier')).rateLimitPolicy.requestsPerMinute).toBe(300);
    expect((await policyOf('copy')).rateLimitPolicy.requestsPerMinute).toBe(77);
  });

  it('comes from no other tenant', async () => {
    const other = await createTestTenant();
    const { body } = await bootstrap.get(`${other.path}/roles/default`);
    const answer = await create(`?from=${(body as { id: string }).id}`, 'stolen');
    expect(answer.status).toBe(422);
    expect(errorView.parse(answer.body).error.issues[0]?.path).toBe('from');
  });
});
