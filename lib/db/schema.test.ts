import { afterAll, describe, expect, it } from 'vitest';
import { withSystem, type Tx } from './client';
import { Prisma } from './generated/client';
import { testDatabase } from './testing';

const database = await testDatabase();
afterAll(() => database.close());

type Reader = { findFirst(query: object): Promise<unknown> };

describe('prisma/schema.prisma', () => {
  it.each(Object.values(Prisma.ModelName))(
    'reads %s by columns that the migrations made',
    async (model) => {
      const name = (model.charAt(0).toLowerCase() + model.slice(1)) as keyof Tx;
      expect(await withSystem((tx) => (tx[name] as unknown as Reader).findFirst({}))).toBeNull();
    },
  );

  it.each(['role_budget_usage', 'role_cache_stats', 'circuit_breaker_state'])(
    'keeps the specification’s columns of %s',
    async (table) => {
      const expected: Record<string, string[]> = {
        role_budget_usage: [
          'id',
          'role_id',
          'date',
          'daily_cost_usd',
          'weekly_cost_usd',
          'monthly_cost_usd',
          'request_count',
          'token_count',
          'created_at',
          'updated_at',
        ],
        role_cache_stats: [
          'id',
          'role_id',
          'date',
          'cache_hits',
          'cache_misses',
          'cost_saved_usd',
          'latency_saved_ms',
          'created_at',
        ],
        circuit_breaker_state: [
          'id',
          'tenant_id',
          'provider',
          'state',
          'failure_count',
          'last_failure_at',
          'opened_at',
          'updated_at',
        ],
      };
      const { rows } = await database.owner.query(
        'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1',
        [table],
      );
      expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(expected[table] ?? ['?']));
    },
  );

  it('has the eight policy columns, off by default, under one GIN index', async () => {
    const { rows } = await database.owner.query(
      `SELECT indexdef FROM pg_indexes WHERE indexname = 'idx_roles_policies'`,
    );
    const columns = [
      'prompt_policies',
      'tool_policies',
      'rate_limit_policy',
      'model_restrictions',
      'caching_policy',
      'routing_policy',
      'resilience_policy',
      'budget_policy',
    ];
    expect(rows[0].indexdef).toContain(`USING gin (${columns.join(', ')})`);
    const defaults = await database.owner.query(
      `SELECT column_default AS value FROM information_schema.columns WHERE table_name = 'roles' AND column_name = ANY($1)`,
      [columns],
    );
    expect(defaults.rows.map((row) => row.value)).toEqual(
      columns.map(() => `'{"enabled": false}'::jsonb`),
    );
  });
});
