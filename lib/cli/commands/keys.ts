import { refusal } from '../api';
import type { Context } from '../context';
import { CliError, EXIT, type ExitCode } from '../io';

/** `keys list`, `keys create NAME --role R`, `keys revoke ID`: the gateway keys of a tenant. */
export async function keys(context: Context): Promise<ExitCode> {
  const [action = 'list', name] = context.positionals;
  const tenant = context.require('tenant');
  try {
    switch (action) {
      case 'list':
        return await list(context, tenant);
      case 'create':
        return await create(context, tenant, named(name, 'keys create NAME --role ROLE'));
      case 'revoke':
        return await revoke(context, tenant, named(name, 'keys revoke ID'));
      default:
        throw new CliError('keys can list, create and revoke.');
    }
  } catch (error) {
    throw error instanceof CliError ? error : refusal(`tenant ${tenant}`, error);
  }
}

function named(name: string | undefined, usage: string): string {
  if (name) return name;
  throw new CliError(`Write rolegate ${usage} --tenant TENANT.`);
}

async function list(context: Context, tenant: string): Promise<ExitCode> {
  const role = context.text('role');
  const all = await context.api().keys(tenant);
  const items = all.filter((key) => role === undefined || key.role.name === role);
  if (context.json) {
    context.printJson({ items });
    return EXIT.ok;
  }
  const rows = [
    ['ID', 'NAME', 'ROLE', 'PREFIX', 'STATE'],
    ...items.map((key) => [key.id, key.name, key.role.name, key.prefix, stateOf(key)]),
  ];
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    context.line(
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  return EXIT.ok;
}

function stateOf({ revokedAt, expiresAt }: { revokedAt: string | null; expiresAt: string | null }) {
  if (revokedAt) return 'revoked';
  return expiresAt ? `until ${expiresAt}` : 'active';
}

async function create(context: Context, tenant: string, name: string): Promise<ExitCode> {
  const expiresAt = context.text('expires');
  const key = await context
    .api()
    .createKey(tenant, { name, role: context.require('role'), expiresAt });
  if (context.json) context.printJson(key);
  else {
    // The secret alone on stdout: `KEY=$(rolegate keys create …)`.
    context.io.err(`The key ${key.name} of the role ${key.role.name}; it is shown this once.\n`);
    context.line(key.secret);
  }
  return EXIT.ok;
}

async function revoke(context: Context, tenant: string, id: string): Promise<ExitCode> {
  const api = context.api();
  const found = (await api.keys(tenant)).filter((key) => key.id === id || key.name === id);
  const [key] = found;
  if (!key) throw new CliError(`${tenant} has no key ${id}.`);
  if (found.length > 1)
    throw new CliError(`${found.length} keys are named ${id}: name one by its id.`);
  await api.revokeKey(tenant, key.id);
  if (context.json) context.printJson({ revoked: key.id });
  else context.line(`The key ${key.name} is revoked.`);
  return EXIT.ok;
}
