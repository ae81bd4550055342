import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { renderPolicyReference } from './policy-reference';

/** Writes the generated pages of docs/. Their test fails while they are not current. */
const target = fileURLToPath(new URL('../docs/policy-reference.md', import.meta.url));
await mkdir(new URL('../docs/', import.meta.url), { recursive: true });
await writeFile(target, renderPolicyReference());
console.log(`Wrote ${target}`);
