import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/lib/db/testing';
import { bootstrap, createTestTenant, type TestTenant } from './testing/fixture';
import { errorView, lintView } from './views';

const database = await testDatabase();
afterAll(() => database.close());

let tenant: TestTenant;
let path: string;
beforeAll(async () => {
  tenant = await createTestTenant('free');
  await tenant.owner.post(`${tenant.path}/providers`, { kind: 'sandbox', name: 'sandbox' });
  path = `${tenant.path}/roles/default/policy/lint`;
});

const rulesOf = async (body: unknown, client = tenant.viewer) => {
  const answer = await client.post(path, body);
  expect(answer.status).toBe(200);
  return lintView.parse(answer.body).findings.map(({ rule, path: at }) => `${rule} ${at}`);
};
const routed = (...models: string[]) => ({
  policy: {
    routingPolicy: { enabled: true, strategy: 'round_robin', roundRobinConfig: { models } },
  },
});

describe('linting over the API', () => {
  it('judges by the connections of the tenant, and follows them', async () => {
    const unserved = 'routed-model-unserved routingPolicy.roundRobinConfig.models.1';
    expect(await rulesOf(routed('sandbox/small', 'second/large'))).toEqual([unserved]);
    await tenant.owner.post(`${tenant.path}/providers`, { kind: 'sandbox', name: 'second' });
    expect(await rulesOf(routed('sandbox/small', 'second/large'))).toEqual([]);
    await tenant.owner.patch(`${tenant.path}/providers/second`, { enabled: false });
    expect(await rulesOf(routed('sandbox/small', 'second/large'))).toEqual([unserved]);
  });

  it("knows the catalogue's prices and the tenant's own over them", async () => {
    const dearer = {
      policy: {
        routingPolicy: {
          enabled: true,
          costConfig: {
            simpleModels: ['sandbox/small'],
            mediumModels: ['sandbox/medium'],
            complexModels: ['sandbox/large'],
          },
        },
      },
    };
    expect(await rulesOf(dearer)).toEqual([]);
    await tenant.owner.put(`${tenant.path}/prices`, {
      items: [{ model: 'sandbox/small', inputPerMillion: '90', outputPerMillion: '90' }],
    });
    expect(await rulesOf(dearer)).toEqual([
      'cheap-tier-dearer routingPolicy.costConfig.simpleModels.0',
    ]);
  });

  it("judges by this server's settings: no mail, ten minutes for a request", async () => {
    const findings = await rulesOf({
      policy: {
        budgetPolicy: {
          enabled: true,
          dailyLimitUSD: 1,
          onExceeded: 'warn',
          alertEmails: ['a@example.com'],
        },
        resiliencePolicy: { enabled: true, retryEnabled: true, requestTimeoutMs: 600_000 },
      },
    });
    expect(findings.sort()).toEqual([
      'alert-email-undeliverable budgetPolicy.alertEmails',
      'retries-exceed-deadline resiliencePolicy.maxRetries',
      'timeout-above-deadline resiliencePolicy.requestTimeoutMs',
    ]);
  });

  it('judges the saved policy when none is sent, and saves nothing', async () => {
    const before = await tenant.owner.get(`${tenant.path}/roles/default/policy`);
    expect(await rulesOf({})).toContain('alerts-reach-nobody budgetPolicy.alertEmails');
    await rulesOf({ policy: {} });
    expect((await tenant.owner.get(`${tenant.path}/roles/default/policy`)).body).toEqual(
      before.body,
    );
  });

  it('refuses a policy that is not valid, as a save would', async () => {
    const answer = await tenant.viewer.post(path, { policy: { cachingPolicy: { ttl: 1 } } });
    expect(answer.status).toBe(422);
    expect(errorView.parse(answer.body).error.issues[0]?.path).toBe('cachingPolicy.ttl');
  });

  it('is 404 for a role there is not', async () => {
    const answer = await bootstrap.post(`${tenant.path}/roles/nobody/policy/lint`, {});
    expect(answer.status).toBe(404);
  });
});
