import { expect, test } from '../support/one-window';
import { fieldOf, openEditor, readField, tabOf } from '../support/editor';
import { createRole, storedPolicy } from '../support/roles';

const CHAIN = 'resiliencePolicy.fallbackChain';
const target = (provider: string, model: string, priority: number) => ({
  provider,
  model,
  priority,
  timeoutMs: 30_000,
});
const THREE = [
  target('openai', 'gpt-4o', 1),
  target('anthropic', 'claude-3-5-sonnet', 2),
  target('gemini', 'gemini-pro', 3),
];

test('the fallback chain is put in order with the keyboard alone, and each move is announced', async ({
  page,
}) => {
  const role = await createRole({ resiliencePolicy: { fallbackChain: THREE } });
  await openEditor(page, role, 'resiliencePolicy');
  const said = page.locator('[data-fallback-said]');
  const order = async () =>
    ((await readField(page, CHAIN)) as typeof THREE).map(
      ({ priority, provider }) => `${priority} ${provider}`,
    );

  // The arrow buttons keep the focus on their row.
  await page.getByRole('button', { name: 'Move openai/gpt-4o down' }).focus();
  await page.keyboard.press('Enter');
  await expect(said).toHaveText('openai/gpt-4o moved to position 2 of 3.');
  await expect(page.getByRole('button', { name: 'Move openai/gpt-4o down' })).toBeFocused();
  expect(await order()).toEqual(['1 anthropic', '2 openai', '3 gemini']);

  // Alt and an arrow, from anywhere in the row.
  await page.getByLabel('Model of fallback 3').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(said).toHaveText('gemini/gemini-pro moved to position 2 of 3.');
  expect(await order()).toEqual(['1 anthropic', '2 gemini', '3 openai']);

  // The handle: Space lifts and drops.
  const live = page.locator('[id^="DndLiveRegion"]');
  await page.getByRole('button', { name: /^Drag openai/ }).focus();
  await page.keyboard.press('Space');
  await expect(live).toHaveText('openai/gpt-4o lifted, at position 3 of 3.');
  await page.keyboard.press('ArrowUp');
  await expect(live).toHaveText('openai/gpt-4o is over position 2 of 3.');
  await page.keyboard.press('Space');
  await expect.poll(order).toEqual(['1 anthropic', '2 openai', '3 gemini']);

  await page.keyboard.press('Control+s');
  await expect(page.getByRole('dialog', { name: 'Review changes' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Comment').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-policy-version="3"]')).toBeVisible();
  const { policy } = await storedPolicy(role.id);
  expect(policy.resiliencePolicy.fallbackChain.map(({ provider }) => provider)).toEqual([
    'anthropic',
    'openai',
    'gemini',
  ]);
});

test('tabs, sliders and chips work with the keyboard', async ({ page }) => {
  const role = await createRole({ cachingPolicy: { excludedModels: ['gpt-4-turbo', 'o3', 'o4'] } });
  await openEditor(page, role, 'modelRestrictions');
  await page.keyboard.press('ArrowRight');
  await expect(tabOf(page, 'cachingPolicy')).toBeFocused();
  await expect(tabOf(page, 'cachingPolicy')).toHaveAttribute('aria-selected', 'true');

  const similarity = fieldOf(page, 'cachingPolicy.similarityThreshold');
  await similarity.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(similarity.getByRole('textbox')).toHaveValue('0.93');
  await page.keyboard.press('PageDown');
  await expect(similarity.getByRole('textbox')).toHaveValue('0.83');

  const excluded = fieldOf(page, 'cachingPolicy.excludedModels');
  await excluded.getByRole('combobox').focus();
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('button', { name: 'Remove o4' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await expect(excluded.locator('[data-chip]')).toHaveText(['gpt-4-turbo', 'o4']);
  await expect(page.getByRole('button', { name: 'Remove o4' })).toBeFocused();
});

test('the fallback chain is put in order by dragging', async ({ page }) => {
  const role = await createRole({ resiliencePolicy: { fallbackChain: THREE } });
  await openEditor(page, role, 'resiliencePolicy');
  const handle = page.getByRole('button', { name: /^Drag gemini/ });
  await handle.scrollIntoViewIfNeeded();
  const from = await handle.boundingBox();
  const to = await page.getByRole('button', { name: /^Drag openai/ }).boundingBox();
  if (!from || !to) throw new Error('the handles are not in sight');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, from.y - 20, { steps: 5 });
  await page.mouse.move(to.x + to.width / 2, to.y + 4, { steps: 10 });
  await page.mouse.up();
  await expect
    .poll(async () =>
      ((await readField(page, CHAIN)) as typeof THREE).map(({ provider }) => provider),
    )
    .toEqual(['gemini', 'openai', 'anthropic']);
});
