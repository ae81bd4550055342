import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describeValue } from '@/lib/policy/describe-value';
import { labelOfField } from '@/lib/policy/describe';
import { fieldAt } from '@/lib/policy/walk';
import { type Api, refusal, type ServerPolicy } from '../api';
import { type Context, count } from '../context';
import { keyOf, SCHEMA_FILE } from '../folder';
import { CliError, EXIT, type ExitCode } from '../io';
import { type Lock, locked, readLock, writeLock } from '../lock';
import { mergeIntoFile } from '../merge-file';
import {
  type Fault,
  newFileText,
  newJsonText,
  policyFileJsonSchema,
  type PolicyFile,
} from '../policy-file';
import { pathOf } from '../source/source';

type Outcome = {
  key: string;
  file: string;
  state: 'new' | 'merged' | 'current' | 'conflict';
  fields: string[];
};

/**
 * Writes the server's policies into files: new roles into new files, changes into those there are, with
 * comments and local changes kept. A field that both sides changed is told and leaves its file alone.
 */
export async function pull(context: Context): Promise<ExitCode> {
  const { folder } = context;
  mkdirSync(folder, { recursive: true });
  const files = context.policies();
  if (!files) return EXIT.failed;
  const api = context.api();
  const lock: Lock = { ...readLock(folder), server: api.server };
  const outcomes: Outcome[] = [];
  const conflicts: Fault[] = [];
  for (const tenant of await tenantsToPull(context, api, files)) {
    await rememberTenant(api, lock, tenant);
    for (const { name: role } of await api.roles(tenant)) {
      if (context.text('role') !== undefined && context.text('role') !== role) continue;
      const current = await readPolicy(api, tenant, role);
      const file = files.find((each) => each.tenant === tenant && each.role === role);
      const pulled = file
        ? merge(context, file, current, lock)
        : { outcome: create(context, tenant, role, current), conflicts: [] };
      outcomes.push(pulled.outcome);
      conflicts.push(...pulled.conflicts);
      if (pulled.conflicts.length > 0) continue;
      lock.roles[keyOf({ tenant, role })] = locked(current.version, current.policy);
    }
  }
  writeFileSync(join(folder, SCHEMA_FILE), `${JSON.stringify(policyFileJsonSchema(), null, 2)}\n`);
  writeLock(folder, lock);
  report(context, outcomes, conflicts);
  return conflicts.length > 0 ? EXIT.failed : EXIT.ok;
}

async function tenantsToPull(
  context: Context,
  api: Api,
  files: readonly PolicyFile[],
): Promise<string[]> {
  const named = context.text('tenant');
  if (named) return [named];
  const known = [...new Set(files.map(({ tenant }) => tenant))];
  if (known.length > 0) return known.sort();
  try {
    return (await api.me()).tenants.map(({ slug }) => slug);
  } catch (error) {
    throw refusal('The tenants cannot be listed', error);
  }
}

/** What offline commands know of a tenant. Provider limits are written by hand and stay. */
async function rememberTenant(api: Api, lock: Lock, tenant: string): Promise<void> {
  try {
    const before = new Map(lock.tenants[tenant]?.connections.map((each) => [each.name, each]));
    const connections = (await api.providers(tenant)).map(({ name, kind, enabled, models }) => {
      const { requestsPerMinute, tokensPerMinute } = before.get(name) ?? {};
      return { name, kind, enabled, models, requestsPerMinute, tokensPerMinute };
    });
    lock.tenants[tenant] = { connections, prices: await api.prices(tenant) };
  } catch (error) {
    throw refusal(`tenant ${tenant}`, error);
  }
}

async function readPolicy(api: Api, tenant: string, role: string): Promise<ServerPolicy> {
  try {
    return await api.policy(tenant, role);
  } catch (error) {
    throw refusal(keyOf({ tenant, role }), error);
  }
}

function merge(context: Context, file: PolicyFile, current: ServerPolicy, lock: Lock) {
  const key = keyOf(file);
  const base = lock.roles[key]?.policy ?? null;
  const { taken, conflicts } = mergeIntoFile(file, base, current.policy, takeOf(context));
  if (taken.length > 0) writeFileSync(resolve(context.io.cwd, file.file), file.source.toString());
  const state = conflicts.length > 0 ? 'conflict' : taken.length > 0 ? 'merged' : 'current';
  const outcome: Outcome = { key, file: file.file, state, fields: taken };
  const faults = conflicts.map(({ path, base: was, mine, theirs }): Fault => {
    const field = fieldAt(path.split('.'));
    const show = (value: unknown) =>
      field && (typeof value !== 'object' || value === null)
        ? describeValue(field, value)
        : JSON.stringify(value);
    const from = was === undefined ? '' : `, was ${show(was)}`;
    const name = field ? labelOfField(field) : path;
    return {
      file: file.file,
      ...file.source.positionOf(pathOf(path, file.source.value)),
      message: `${name}: here ${show(mine)}, on the server ${show(theirs)}${from}. Run pull with --take mine or --take theirs.`,
    };
  });
  return { outcome, conflicts: faults };
}

function takeOf(context: Context): 'mine' | 'theirs' | undefined {
  const take = context.text('take');
  if (take === undefined || take === 'mine' || take === 'theirs') return take;
  throw new CliError('--take is mine or theirs.');
}

function create(context: Context, tenant: string, role: string, current: ServerPolicy): Outcome {
  const json = context.text('format') === 'json';
  const path = freePath(
    join(context.folder, fileName(tenant)),
    fileName(role),
    json ? 'json' : 'yaml',
  );
  mkdirSync(dirname(path), { recursive: true });
  const schema = relative(dirname(path), join(context.folder, SCHEMA_FILE)).replaceAll('\\', '/');
  const text = json ? newJsonText : newFileText;
  writeFileSync(path, text(tenant, role, current.policy, schema));
  return {
    key: keyOf({ tenant, role }),
    file: relative(context.io.cwd, path),
    state: 'new',
    fields: [],
  };
}

/** Names of roles may hold what names of files may not. */
const fileName = (name: string) =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'role';

function freePath(folder: string, name: string, ending: string): string {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.${ending}`);
    if (!existsSync(path)) return path;
  }
}

function report(context: Context, outcomes: readonly Outcome[], conflicts: readonly Fault[]): void {
  if (context.json) {
    context.printJson({ ok: conflicts.length === 0, roles: outcomes, conflicts });
    return;
  }
  const { style } = context;
  for (const { key, file, state, fields } of outcomes) {
    if (state === 'new') context.line(`${style.green('+')} ${file}  ${key}`);
    if (state === 'merged')
      context.line(
        `${style.yellow('~')} ${file}  ${count(fields.length, 'field')} taken: ${fields.join(', ')}`,
      );
    if (state === 'conflict') context.line(`${style.red('!')} ${file}  left as it is`);
  }
  for (const { file, line, column, message } of conflicts) {
    context.io.err(`${style.bold(`${file}:${line}:${column}:`)} ${message}\n`);
  }
  const current = outcomes.filter(({ state }) => state === 'current').length;
  context.line(`${count(outcomes.length, 'role')} pulled, ${current} without changes.`);
}
