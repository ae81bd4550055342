import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { renderFaultMatrix } from '@/lib/gateway/resilience/testing/render-fault-matrix';
import { runFaultMatrix } from '@/lib/gateway/resilience/testing/run-fault-matrix';
import { renderPolicyLint } from './policy-lint-page';
import { renderPolicyReference } from './policy-reference';

/** Writes the generated pages of docs/. Their tests fail while they are not current. */
await mkdir(new URL('../docs/', import.meta.url), { recursive: true });
await write('policy-reference.md', renderPolicyReference());
await write('policy-lint.md', renderPolicyLint());
await write('fault-matrix.md', renderFaultMatrix(await runFaultMatrix()));

async function write(name: string, text: string): Promise<void> {
  const target = fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
  await writeFile(target, text);
  console.log(`Wrote ${target}`);
}
