import { expect, test, type Page } from './support/one-window';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { openEditor, save, setField, shownVersion } from './support/editor';
import { chat, createKey, createRole, inForce, type TestRole } from './support/roles';

const HARD =
  'Design a distributed rate limiter for 1M requests per second across three regions. Compare token bucket and sliding window, justify trade-offs, and write the Redis Lua script.';

const ROUTED: RolePolicyInput = {
  routingPolicy: {
    enabled: true,
    strategy: 'cost',
    costConfig: {
      simpleModels: ['sandbox/small'],
      mediumModels: ['sandbox/medium'],
      complexModels: ['sandbox/large'],
    },
  },
};

let role: TestRole;
let key: string;
test.beforeEach(async ({ page }) => {
  role = await createRole(ROUTED);
  key = await createKey(role.id);
  await openEditor(page, role, 'routingPolicy');
});

/** Saves, waits until the gateway has it, and asks: `model route`. */
async function saveAndAsk(page: Page, ...prompts: string[]): Promise<string[]> {
  await save(page);
  await inForce(key, await shownVersion(page));
  const seen: string[] = [];
  for (const content of prompts) {
    const { headers } = await chat(key, { messages: [{ role: 'user', content }] });
    seen.push(`${headers.get('x-rolegate-model')} ${headers.get('x-rolegate-route')}`);
  }
  return seen;
}

test('thresholds set in the tab move requests between the tiers', async ({ page }) => {
  const first = await chat(key, { messages: [{ role: 'user', content: 'hi' }] });
  expect(first.headers.get('x-rolegate-route')).toBe('cost:simple');
  await setField(page, 'routingPolicy.costConfig.complexQueryThreshold', 1);
  expect(await saveAndAsk(page, 'hi', HARD)).toEqual(['small cost:simple', 'medium cost:medium']);
  await setField(page, 'routingPolicy.costConfig.simpleQueryThreshold', 0);
  expect(await saveAndAsk(page, 'hi')).toEqual(['medium cost:medium']);
});

test('a strategy chosen in the tab decides, with its settings', async ({ page }) => {
  await setField(page, 'routingPolicy.roundRobinConfig.models', ['sandbox/small', 'sandbox/large']);
  expect(await saveAndAsk(page, 'a', 'b', 'c')).toEqual([
    'small round_robin:1/2',
    'large round_robin:2/2',
    'small round_robin:1/2',
  ]);
  await setField(page, 'routingPolicy.weightedConfig.weights', {
    'sandbox/medium': 75,
    'sandbox/large': 25,
  });
  const seen = await saveAndAsk(page, 'a', 'b', 'c', 'd');
  expect(seen.sort()).toEqual([
    'large weighted:sandbox/large',
    ...Array<string>(3).fill('medium weighted:sandbox/medium'),
  ]);
});

test('"try a prompt" shows score, tier and candidates of the policy as it stands in the form', async ({
  page,
}) => {
  const panel = page.locator('[data-try-routing]');
  await panel.getByLabel('Sample prompt').fill(HARD);
  await panel.getByRole('button', { name: 'Show the route' }).click();
  await expect(panel.locator('[data-try-answer]')).toHaveText('sandbox/large');
  await expect(panel.locator('[data-try-route]')).toHaveText('cost: complex');
  await expect(panel.locator('[data-try-score]')).toContainText('complexity 0.');
  await expect(panel.locator('[data-candidate="sandbox/large"]')).toContainText('taken');

  // Not saved: the form alone has it.
  await setField(page, 'routingPolicy.costConfig.complexQueryThreshold', 1);
  await panel.getByRole('button', { name: 'Show the route' }).click();
  await expect(panel.locator('[data-try-answer]')).toHaveText('sandbox/medium');
  await expect(panel.locator('[data-candidate="sandbox/large"]')).toBeVisible();

  await setField(page, 'routingPolicy.roundRobinConfig.models', ['sandbox/small', 'gone/model']);
  await panel.getByRole('button', { name: 'Show the route' }).click();
  await expect(panel.locator('[data-try-answer]')).toHaveText('sandbox/small');
  await expect(panel.locator('[data-candidate="gone/model"]')).toContainText('not asked');
});
