import { resolve } from 'node:path';
import { firstAsked } from '@/lib/gateway/first-asked';
import type { Receipt } from '@/lib/gateway/types';
import { refusal } from '../api';
import { type Context, count } from '../context';
import { type Case, type CaseFile, readCases } from '../evaluate/case-file';
import { type Difference, differences } from '../evaluate/compare';
import { offlineGateway, subjectOf } from '../evaluate/offline-gateway';
import { keyOf } from '../folder';
import { CliError, EXIT, type ExitCode } from '../io';
import { readLock } from '../lock';
import { lockFolder } from '../lock-folder';
import { desiredPolicy, type PolicyFile } from '../policy-file';

type Result = { file: string; line: number | null; name: string; differences: Difference[] };
type Policies = ReadonlyMap<string, PolicyFile>;
type Ask = (file: CaseFile, one: Case) => Promise<Record<string, unknown>>;

/**
 * Puts the requests of every case file to the role's policy, as the gateway would decide, and compares
 * the receipts. Offline by default; `--online` asks the server with the files' policies, `--saved` with
 * its own. Nothing is called, consumed or saved.
 */
export async function evaluate(context: Context): Promise<ExitCode> {
  const described = context.policies();
  if (!described) return EXIT.failed;
  const policies: Policies = new Map(described.map((file) => [keyOf(file), file]));
  const { files, faults } = readCases(casesFolder(context), context.io.cwd);
  if (faults.length > 0) return context.faults(faults);
  if (files.length === 0) {
    throw new CliError('There are no cases. Write them into a file named like support.cases.yaml.');
  }
  const started = performance.now();
  const saved = context.flag('saved');
  const ask =
    saved || context.flag('online') ? online(context, policies, saved) : offline(context, policies);
  const results: Result[] = [];
  for (const file of files) {
    for (const one of file.cases) {
      const receipt = comparable(await ask(file, one));
      const found = differences(one.expect, receipt);
      const line = found.length > 0 ? one.line : null;
      results.push({ file: file.file, line, name: one.name, differences: found });
    }
  }
  const failed = results.filter((result) => result.differences.length > 0).length;
  if (context.json) context.printJson({ ok: failed === 0, failed, results });
  else show(context, results, performance.now() - started);
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

function casesFolder(context: Context): string {
  const named = context.positionals[1];
  return named ? resolve(context.io.cwd, named) : lockFolder(context.folder);
}

function offline(context: Context, policies: Policies): Ask {
  const gateway = offlineGateway();
  const lock = readLock(lockFolder(context.folder));
  const subjects = new Map<string, ReturnType<typeof subjectOf>>();
  return async (file, one) => {
    // Cases of one file share its connections.
    const key = `${file.file} ${keyOf(one)}`;
    let subject = subjects.get(key);
    if (!subject) {
      const { policy } = policyFor(file, one, policies);
      const known = { locked: lock.tenants[one.tenant], connections: file.connections };
      subjects.set(key, (subject = subjectOf(one, policy, known)));
    }
    return firstAsked(await gateway(subject, one.request)) as unknown as Record<string, unknown>;
  };
}

function online(context: Context, policies: Policies, saved: boolean): Ask {
  const api = context.api();
  return async (file, one) => {
    const policy = saved ? undefined : desiredPolicy(policyFor(file, one, policies), null);
    try {
      return await api.evaluate(one.tenant, one.role, { request: one.request, policy });
    } catch (error) {
      throw refusal(keyOf(one), error);
    }
  };
}

function policyFor({ file }: CaseFile, one: Case, policies: Policies): PolicyFile {
  const found = policies.get(keyOf(one));
  if (found) return found;
  throw new CliError(`${file}:${one.line}: no policy file describes the role ${keyOf(one)}.`);
}

/** A receipt with its stages by name, so that a case names the one it means. */
function comparable(receipt: Record<string, unknown>): Record<string, unknown> {
  const stages = receipt.stages as Receipt['stages'] | undefined;
  return {
    ...receipt,
    stages: Object.fromEntries((stages ?? []).map((each) => [each.name, each])),
  };
}

function show(context: Context, results: readonly Result[], ms: number): void {
  const { style } = context;
  let file = '';
  for (const result of results) {
    if (result.file !== file) context.line(style.bold((file = result.file)));
    const passed = result.differences.length === 0;
    const place = passed ? '' : style.dim(` ${result.file}:${result.line}`);
    context.line(`  ${passed ? style.green('✓') : style.red('✗')} ${result.name}${place}`);
    for (const { path, expected, received } of result.differences) {
      context.line(`      ${path}`);
      context.line(style.green(`      - expected  ${JSON.stringify(expected)}`));
      context.line(style.red(`      + received  ${JSON.stringify(received)}`));
    }
  }
  const failed = results.filter((result) => result.differences.length > 0).length;
  const passed = `${results.length - failed} passed`;
  context.line(
    `${count(results.length, 'case')}: ${failed > 0 ? style.red(`${failed} failed`) : style.green(passed)}${failed > 0 ? `, ${passed}` : ''} in ${Math.round(ms)} ms.`,
  );
}
