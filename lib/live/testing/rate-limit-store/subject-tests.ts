import { expect, it } from 'vitest';
import { claude, gpt, planOf, type RateLimitWorld } from './world';

/** Whom and what a limit counts: tenants, roles, keys, models. */
export function subjectTests(world: RateLimitWorld): void {
  const { granted, refused } = world;

  it('keeps roles and tenants apart, and keys with scope key', async () => {
    const limits = { requestsPerMinute: 1 };
    await granted(planOf(limits));
    await refused(planOf(limits, { keyId: 'k2' }));
    await granted(planOf(limits, { roleId: 'r2' }));
    await granted(planOf(limits, { tenantId: 't2' }));
    const byKey = { ...limits, scope: 'key' } as const;
    await granted(planOf(byKey));
    await refused(planOf(byKey));
    await granted(planOf(byKey, { keyId: 'k2' }));
  });

  it('counts models that match a pattern together, and others not at all', async () => {
    const limits = { perModel: { 'gpt-*': { requestsPerMinute: 2, tokensPerMinute: 0 } } };
    await granted(planOf(limits, { target: gpt }));
    await granted(planOf(limits, { target: { provider: 'azure', model: 'gpt-4.1' } }));
    expect(await refused(planOf(limits, { target: gpt }))).toMatchObject({
      field: 'perModel.gpt-*.requestsPerMinute',
    });
    await granted(planOf(limits, { target: claude }));
  });

  it('extends a grant to the windows of its final model without charging the others again', async () => {
    const limits = {
      requestsPerMinute: 10,
      maxConcurrentRequests: 1,
      perModel: { 'gpt-4o': { requestsPerMinute: 1, tokensPerMinute: 100 } },
    };
    const grant = await granted(planOf(limits), 40);
    expect(await grant.extend(planOf(limits, { target: gpt }))).toBeNull();
    await grant.release();
    const second = await granted(planOf(limits), 40);
    expect(second.status.requests?.remaining).toBe(8);
    expect(await second.extend(planOf(limits, { target: gpt }))).toMatchObject({
      granted: false,
      field: 'perModel.gpt-4o.requestsPerMinute',
    });
    expect(await second.extend(planOf(limits, { target: claude }))).toBeNull();
  });

  it('gives a former model its tokens back when a fallback takes over', async () => {
    const limits = {
      perModel: {
        'gpt-4o': { requestsPerMinute: 0, tokensPerMinute: 100 },
        'claude-*': { requestsPerMinute: 0, tokensPerMinute: 100 },
      },
    };
    const grant = await granted(planOf(limits, { target: gpt }), 100);
    expect(await grant.extend(planOf(limits, { target: claude }))).toBeNull();
    await grant.settle(30);
    await granted(planOf(limits, { target: gpt }), 100);
    await granted(planOf(limits, { target: claude }), 70);
    await refused(planOf(limits, { target: claude }), 1);
  });
}
