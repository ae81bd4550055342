import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { closeDatabase, openDatabase, withSystemSql } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { SANDBOX_TIER_MODELS } from '@/lib/db/demo-policies';
import { seedDatabase } from '@/lib/db/seed';
import { reloadEnv } from '@/lib/env';
import { log } from '@/lib/log';
import { PII_ENTITIES } from '@/lib/policy/prompt/schema';
import { rolePolicySchema, type RolePolicyInput } from '@/lib/policy/role-policy';
import { defaultPoliciesForTier } from '@/lib/policy/tiers';
import { startEmbeddedPostgres } from '@/lib/server/embedded-postgres';
import { startGatewayPlane } from '@/lib/server/gateway-plane';
import { getRuntime } from '@/lib/server/runtime';
import { serveUntilStopped } from './serve';
import { countWork } from './statements';

/** What a variant changes of the policy. */
const VARIANTS: Readonly<Record<string, RolePolicyInput>> = {
  'budget-off': { budgetPolicy: { enabled: false } },
  'budget-block': { budgetPolicy: { dailyLimitUSD: 1e6, onExceeded: 'block' } },
  'prompts-off': { promptPolicies: { enabled: false } },
  'prompts-all': {
    promptPolicies: {
      enabled: true,
      sanitize: { normalizeUnicode: true, stripInvisible: true },
      // What is found is told, so that every request goes the whole way.
      injection: { enabled: true, action: 'warn' },
      pii: {
        enabled: true,
        entities: [...PII_ENTITIES],
        action: 'redact',
        restoreInResponse: true,
      },
    },
  },
};

/**
 * The gateway as it runs in production: embedded PostgreSQL, receipts written, a role with the
 * professional tier's default policy. Its limits are raised so that nothing is refused, and its cache
 * is off so that every request is answered by the provider. Arguments: the provider's address, one of
 * the variants or nothing, and `count` where SQL statements and processor time are to be counted.
 */
const [, , upstreamUrl = '', variant = ''] = process.argv;
if (variant !== '' && !VARIANTS[variant]) throw new Error(`There is no variant ${variant}.`);
const work = process.argv[4] === 'count' ? countWork() : undefined;
const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
process.env.ROLEGATE_DATA_DIR = dataDir;
process.env.ROLEGATE_DEMO = '1';
process.env.ROLEGATE_ENCRYPTION_KEY = randomBytes(32).toString('base64');
process.env.ROLEGATE_ALLOWED_HOSTS = '127.0.0.1';
reloadEnv();

const postgres = await startEmbeddedPostgres({
  dataDir,
  log: log(),
  onCrash: (reason) => log().error({ reason }, 'the database has stopped'),
});
await migrate(postgres.url);
await openDatabase(postgres.url);
const { demoKey } = await seedDatabase();
if (demoKey === null) throw new Error('The seed made no demo key.');
await usePolicyWithoutLimits(upstreamUrl, VARIANTS[variant] ?? {});
const runtime = await getRuntime();
const plane = await startGatewayPlane({ port: 0, host: '127.0.0.1', runtime });

await serveUntilStopped({ url: plane.url, key: demoKey }, stop, work);

async function stop(): Promise<void> {
  await plane.stop(1000);
  await runtime.drain();
  await closeDatabase();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function usePolicyWithoutLimits(
  upstream: string,
  { promptPolicies, budgetPolicy }: RolePolicyInput,
): Promise<void> {
  const policy = defaultPoliciesForTier('professional', SANDBOX_TIER_MODELS);
  const rate = { ...policy.rateLimitPolicy, requestsPerMinute: 1e9, tokensPerMinute: 1e12 };
  const budget = {
    ...policy.budgetPolicy,
    monthlyLimitUSD: 1e9,
    ...budgetPolicy,
  };
  const prompts = promptPolicies
    ? rolePolicySchema.parse({ promptPolicies }).promptPolicies
    : policy.promptPolicies;
  await withSystemSql(async (sql) => {
    await sql.query(
      `UPDATE roles SET prompt_policies = $1, tool_policies = $2, rate_limit_policy = $3, model_restrictions = $4,
         caching_policy = $5, routing_policy = $6, resilience_policy = $7, budget_policy = $8`,
      [
        prompts,
        policy.toolPolicies,
        rate,
        policy.modelRestrictions,
        { ...policy.cachingPolicy, enabled: false },
        policy.routingPolicy,
        policy.resiliencePolicy,
        budget,
      ].map((section) => JSON.stringify(section)),
    );
    // The upstream of both contestants is one process; the gateway's own simulator is not used.
    await sql.query(`UPDATE provider_connections SET kind = 'openai-compatible', base_url = $1`, [
      upstream,
    ]);
    await sql.query(
      `INSERT INTO model_prices (tenant_id, model, input_per_million, cached_input_per_million, output_per_million)
       SELECT id, 'sandbox/small', 0.1, 0.05, 0.4 FROM tenants`,
    );
  });
}
