import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Beneath the checkout, so that packages left out of the bundle are found.
const outdir = `${root}node_modules/.cache/rolegate-bench`;

/**
 * Bundles a script of this folder as production does and returns the file. tsx, which runs the
 * benchmark itself, names every closure as it is made, which would double what is measured.
 */
export async function bundle(script: string): Promise<string> {
  await mkdir(outdir, { recursive: true });
  const outfile = `${outdir}/${script.replace(/\.ts$/, '.mjs')}`;
  await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // `server-only` throws outside a React server; this condition makes it the empty module it is there.
    conditions: ['react-server'],
    alias: { '@': root.replace(/\/$/, '') },
    logLevel: 'warning',
  });
  return outfile;
}
