import { expect, test } from '../support/one-window';
import { SECTION_TITLES } from '@/lib/policy/labels';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { valueAt } from '@/lib/policy/walk';
import { changedValues } from '../support/changed-values';
import { openEditor, openTab, readField, save, setField, unsavedCount } from '../support/editor';
import { createRole, newestRevision, storedPolicy } from '../support/roles';

for (const kind of POLICY_KINDS) {
  test(`${SECTION_TITLES[kind]}: every field changes, is saved, stands after a reload and is in the history`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const role = await createRole();
    const { policy: before } = await storedPolicy(role.id);
    const wanted = changedValues(kind, before);
    const last = wanted.find(({ path }) => path === 'routingPolicy.strategy');

    await openEditor(page, role, kind);
    for (const { path, value } of wanted) await setField(page, path, value);
    // The settings of a strategy are set while it is chosen.
    if (last) await setField(page, last.path, last.value);
    await expect.poll(() => unsavedCount(page)).toBe(wanted.length);
    await save(page, `Changed every field of ${kind}`);

    await page.reload();
    await openTab(page, kind);
    if (last) expect(await readField(page, last.path)).toEqual(last.value);
    for (const { path, value } of wanted.filter((field) => field !== last))
      expect(await readField(page, path), path).toEqual(value);

    const { policy, version } = await storedPolicy(role.id);
    for (const { path, value } of wanted)
      expect(valueAt(policy, path.split('.')), path).toEqual(value);
    const revision = await newestRevision(role.id);
    expect(revision).toMatchObject({ version, comment: `Changed every field of ${kind}` });
    expect(revision.diff.map(({ path }) => path).sort()).toEqual(
      wanted.map(({ path }) => path).sort(),
    );
    await page.getByRole('button', { name: 'History' }).click();
    const item = page.locator(`[data-revision="${version}"]`);
    await expect(item).toContainText(`Changed every field of ${kind}`);
    const more = item.getByRole('button', { name: /^Show all/ });
    if (await more.isVisible()) await more.click();
    await expect(item.locator('[data-change]')).toHaveCount(wanted.length);
  });
}
