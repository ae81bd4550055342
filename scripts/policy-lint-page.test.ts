import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { LINT_RULES } from '@/lib/policy/lint/rules';
import { renderPolicyLint } from './policy-lint-page';

it('the committed page of lint rules is what the rules say; run `npm run docs` if not', async () => {
  const committed = await readFile(new URL('../docs/policy-lint.md', import.meta.url), 'utf8');
  expect(committed).toBe(renderPolicyLint());
});

it('the page of lint rules has a chapter for every rule', () => {
  const page = renderPolicyLint();
  for (const { id, title } of LINT_RULES) {
    expect(page).toContain(`### \`${id}\``);
    expect(page).toContain(title);
  }
});
