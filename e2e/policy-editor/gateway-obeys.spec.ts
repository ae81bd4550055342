import type { PolicyKind } from '@/lib/policy/role-policy';
import { policyFields } from '@/lib/policy/walk';
import { openEditor, save, setField, shownVersion } from '../support/editor';
import { expect, test } from '../support/one-window';
import { createKey, createRole, inForce, storedPolicy } from '../support/roles';
import { SCENARIOS } from './scenarios';

for (const { path, value, base, ask, before, after } of SCENARIOS) {
  test(`a change of ${path} in the editor changes the gateway's answer`, async ({ page }) => {
    const role = await createRole(base);
    const key = await createKey(role.id);
    await inForce(key, (await storedPolicy(role.id)).version);
    expect(await ask(key, role)).toBe(before);

    await openEditor(page, role, path.split('.')[0] as PolicyKind);
    await setField(page, path, value);
    await save(page);
    await inForce(key, await shownVersion(page));
    expect(await ask(key, role)).toBe(after);
  });
}

test('every field of prompts, tools, rate limits and models has its scenario', () => {
  const asked = new Set(SCENARIOS.map(({ path }) => path));
  const kinds: PolicyKind[] = [
    'promptPolicies',
    'toolPolicies',
    'rateLimitPolicy',
    'modelRestrictions',
  ];
  const forgotten = policyFields()
    .filter(({ section }) => kinds.includes(section))
    .map(({ path }) => path)
    .filter((path) => !asked.has(path));
  expect(forgotten).toEqual([]);
});
