import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultPoliciesForTier, TIERS } from '@/lib/policy/tiers';
import { newFileText } from '@/lib/cli/policy-file';

/**
 * `npm run bench:policies`: how long `rolegate validate`, `lint` and `evaluate` take on a thousand policy
 * files and a case for each, from the start of the process to its end.
 */
const FILES = 1000;
const TENANTS = 20;
const TIMES = 5;
const ALLOWED_MS = 3000;

const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-'));
const program = fileURLToPath(new URL('../cli/rolegate.mjs', import.meta.url));

try {
  writeFiles();
  // The first start bundles the program, which happens once for each version of the sources.
  execFileSync(process.execPath, [program, 'help']);
  console.log(`${FILES} policy files, ${FILES} cases, ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.log('| command | best ms | worst ms |');
  console.log('|---|---:|---:|');
  let worst = 0;
  for (const command of ['validate', 'lint', 'evaluate']) {
    const times = Array.from({ length: TIMES }, () => time(command));
    worst = Math.max(worst, ...times);
    console.log(`| ${command} | ${Math.min(...times)} | ${Math.max(...times)} |`);
  }
  console.log(`\n${worst < ALLOWED_MS ? 'Within' : 'BEYOND'} ${ALLOWED_MS} ms each.`);
  process.exitCode = worst < ALLOWED_MS ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function time(command: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, command], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const ms = Math.round(performance.now() - started);
  if (status !== 0)
    throw new Error(`rolegate ${command} ended with ${status}: ${stderr.slice(0, 1000)}`);
  return ms;
}

function writeFiles(): void {
  for (let number = 0; number < FILES; number += 1) {
    const tenant = `tenant-${number % TENANTS}`;
    const role = `role-${number}`;
    const tier = TIERS[number % TIERS.length] ?? 'free';
    const base = join(folder, 'policies', tenant);
    mkdirSync(base, { recursive: true });
    const policy = defaultPoliciesForTier(tier);
    writeFileSync(
      join(base, `${role}.yaml`),
      newFileText(tenant, role, policy, '../rolegate.schema.json'),
    );
  }
  for (let number = 0; number < TENANTS; number += 1) {
    const tenant = `tenant-${number}`;
    writeFileSync(join(folder, 'policies', tenant, 'all.cases.yaml'), casesOf(tenant, number));
  }
}

/** A case for each role of a tenant. */
function casesOf(tenant: string, first: number): string {
  const cases = [];
  for (let number = first; number < FILES; number += TENANTS) {
    const content =
      number % 2 === 0 ? 'Good morning!' : 'Why is the sky blue at noon and red at night?';
    cases.push(`  - name: role ${number} is answered
    role: role-${number}
    request: { messages: [{ role: user, content: ${JSON.stringify(content)} }] }
    expect: { status: 200 }`);
  }
  return `tenant: ${tenant}\ncases:\n${cases.join('\n')}\n`;
}
