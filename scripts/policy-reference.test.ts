import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { allPolicyFields } from '@/lib/policy/walk';
import { renderPolicyReference } from './policy-reference';

it('the committed policy reference is what the schemas say; run `npm run docs` if not', async () => {
  const committed = await readFile(new URL('../docs/policy-reference.md', import.meta.url), 'utf8');
  expect(committed).toBe(renderPolicyReference());
});

it('the policy reference has a row for every field', () => {
  const page = renderPolicyReference();
  for (const { keys } of allPolicyFields()) {
    const shown = keys.slice(keys.includes('*') ? keys.indexOf('*') + 1 : 1).join('.');
    expect(page).toContain(`| \`${shown}\` |`);
  }
});
