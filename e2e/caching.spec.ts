import { expect, test, type Page } from '@playwright/test';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { openEditor, save, setField, shownVersion } from './support/editor';
import { chat, createKey, createRole, inForce, type TestRole } from './support/roles';

const CACHED: RolePolicyInput = {
  cachingPolicy: { enabled: true, similarityThreshold: 0.9 },
};

let role: TestRole;
let key: string;
test.beforeEach(async ({ page }) => {
  role = await createRole(CACHED);
  key = await createKey(role.id);
  await openEditor(page, role, 'cachingPolicy');
});

const look = async (content: string): Promise<string | null> => {
  const { headers } = await chat(key, {
    model: 'sandbox/small',
    messages: [{ role: 'user', content }],
  });
  return headers.get('x-rolegate-cache');
};

/** Saves and waits until the gateway has it. */
async function apply(page: Page): Promise<void> {
  await save(page);
  await inForce(key, await shownVersion(page));
}

const figure = (page: Page, name: string) => page.locator(`[data-figure="${name}"]`);

test('threshold, exclusions and time to live set in the tab decide between hit, miss and bypass', async ({
  page,
}) => {
  const [first, reworded] = ['How do I reset my password?', 'How can I reset my password?'];
  expect(await look(first)).toBe('miss');
  expect(await look(first)).toBe('hit-exact');
  await expect.poll(() => look(reworded)).toMatch(/^hit/);

  await setField(page, 'cachingPolicy.similarityThreshold', 1);
  await apply(page);
  expect(await look('How could I reset my password?')).toBe('miss');

  await setField(page, 'cachingPolicy.excludedPatterns', ['(?i)password']);
  await apply(page);
  expect(await look(first)).toBe('bypass');

  expect([await look('Name a fruit'), await look('Name a fruit')]).toEqual(['miss', 'hit-exact']);
  await setField(page, 'cachingPolicy.ttlSeconds', 1);
  await apply(page);
  await expect.poll(() => look('Name a fruit')).toBe('miss');
});

test('the live figures count hits, misses and entries', async ({ page }) => {
  await expect(figure(page, 'hits')).toHaveText('0');
  expect([await look('Name a colour'), await look('Name a colour')]).toEqual(['miss', 'hit-exact']);
  await expect(figure(page, 'hits')).toHaveText('1');
  await expect(figure(page, 'misses')).toHaveText('1');
  await expect(figure(page, 'rate')).toHaveText('50.0 %');
  await expect(figure(page, 'entries')).toHaveText('1');
  const reached = page.locator('[data-threshold-table] [aria-current]');
  await expect(reached).toContainText('0.90');
  await setField(page, 'cachingPolicy.similarityThreshold', 0.96);
  await expect(reached).toContainText('0.95');
});

test('stored answers are purged from the tab: some by model or question, then all', async ({
  page,
}) => {
  const questions = ['Name a colour', 'Name a town'] as const;
  for (const question of questions) await look(question);
  const purge = page.getByRole('button', { name: 'Purge …' });
  const dialog = page.getByRole('dialog', { name: 'Purge stored answers' });
  await purge.click();
  await dialog.getByLabel('Question').fill('(');
  await dialog.getByRole('button', { name: 'Purge matching answers' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Question').fill('(?i)COLOUR');
  await dialog.getByRole('button', { name: 'Purge matching answers' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(figure(page, 'entries')).toHaveText('1');
  expect(await look(questions[1])).toBe('hit-exact');
  expect(await look(questions[0])).toBe('miss');

  await purge.click();
  await dialog.getByRole('button', { name: 'Purge all answers' }).click();
  await expect(figure(page, 'entries')).toHaveText('0');
  await expect(purge).toBeDisabled();
  expect(await look(questions[1])).toBe('miss');
});

test('"would these two match?" tells similarity, every check and the final word', async ({
  page,
}) => {
  const panel = page.locator('[data-try-match]');
  const compare = async (a: string, b: string) => {
    await panel.getByLabel('Answered before').fill(a);
    await panel.getByLabel('Asked now').fill(b);
    await panel.getByRole('button', { name: 'Compare' }).click();
  };
  await compare('Delete the file', 'Do not delete the file');
  await expect(panel.locator('[data-match="false"]')).toHaveText('no match');
  await expect(panel.locator('[data-check="negation"]')).toHaveAttribute('data-differs', 'true');
  await expect(panel.locator('[data-check="numbers"]')).toHaveAttribute('data-differs', 'false');

  await compare('How do I reset my password?', 'How can I reset my password?');
  await expect(panel.locator('[data-match="true"]')).toHaveText('match');
  await setField(page, 'cachingPolicy.similarityThreshold', 1);
  await expect(panel.locator('[data-match="false"]')).toHaveText('no match');
});
