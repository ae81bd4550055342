import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isSame } from '@/lib/policy/diff';
import { type Api, refusal } from '../api';
import { type Context, count } from '../context';
import { keyOf } from '../folder';
import { CliError, EXIT, type ExitCode } from '../io';
import { type Lock, locked, readLock, writeLock } from '../lock';
import { lockFolder } from '../lock-folder';
import { digestOf, isChange, type Plan, type PlanItem } from '../plan';
import { planJson, showPlan } from '../show-plan';
import { planOf } from './plan';

const planFile = z.object({
  planVersion: z.literal(1),
  server: z.string(),
  steps: z.array(z.object({ key: z.string(), version: z.int(), digest: z.string() })),
});

/**
 * Makes the server hold what the files say. Each role is changed in one transaction, on the version that
 * the plan saw; a role that moved meanwhile stays as it is and ends the run.
 */
export async function apply(context: Context): Promise<ExitCode> {
  const plan = await planOf(context);
  if (!plan) return EXIT.failed;
  refuseOtherPlan(context, plan);
  const steps = plan.items.filter(isChange);
  if (!context.json) context.line(showPlan(plan, context.style));
  if (plan.items.some(({ action }) => action === 'moved')) {
    if (context.json) context.printJson({ ...planJson(plan), applied: [] });
    context.io.err('Nothing was applied: the server moved. Run rolegate pull, then plan again.\n');
    return EXIT.moved;
  }
  const api = context.api();
  await validateOnServer(api, steps);
  if (steps.length > 0 && !(await agreed(context, steps.length))) return EXIT.changes;
  const applied = await carryOut(context, api, plan, steps);
  if (context.json) context.printJson({ ...planJson(plan), applied });
  else if (steps.length > 0) context.line(`Applied: ${count(applied.length, 'role')}.`);
  return EXIT.ok;
}

/** Only what a stored plan said, on the versions it saw. */
function refuseOtherPlan(context: Context, plan: Plan): void {
  const path = context.text('plan');
  if (!path) return;
  let stored: z.output<typeof planFile>;
  try {
    stored = planFile.parse(JSON.parse(readFileSync(resolve(context.io.cwd, path), 'utf8')));
  } catch {
    throw new CliError(`${path} is not a plan. Write one with rolegate plan --out ${path}.`);
  }
  if (stored.server !== plan.server) throw new CliError(`The plan is for ${stored.server}.`);
  if (isSame(stored.steps, digestOf(plan))) return;
  throw new CliError(
    'Files or server have changed since the plan was made; nothing was applied. Plan again.',
    EXIT.moved,
  );
}

/**
 * The server knows rules that files alone cannot be held against, such as which URLs may be called. A
 * role that is yet to be made is held against them as if it were the default one.
 */
async function validateOnServer(api: Api, steps: readonly PlanItem[]): Promise<void> {
  const defaults = new Map<string, string>();
  for (const { tenant, role, action, desired } of steps) {
    if (!desired) continue;
    try {
      if (action === 'create' && !defaults.has(tenant)) {
        const found = (await api.roles(tenant)).find(({ isDefault }) => isDefault);
        defaults.set(tenant, found?.name ?? role);
      }
      const asked = action === 'create' ? (defaults.get(tenant) ?? role) : role;
      await api.lint(tenant, asked, desired);
    } catch (error) {
      throw refusal(`${keyOf({ tenant, role })} would be refused, nothing was applied`, error);
    }
  }
}

async function agreed(context: Context, steps: number): Promise<boolean> {
  if (context.flag('yes')) return true;
  if (!context.io.interactive || context.json) {
    throw new CliError('Nobody can be asked here: add --yes to apply.', EXIT.changes);
  }
  const answer = await context.io.ask(`Apply to ${count(steps, 'role')}? [y/N] `);
  if (/^y(es)?$/i.test(answer.trim())) return true;
  context.line('Nothing was applied.');
  return false;
}

async function carryOut(
  context: Context,
  api: Api,
  plan: Plan,
  steps: readonly PlanItem[],
): Promise<string[]> {
  const folder = lockFolder(context.folder);
  const lock: Lock = { ...readLock(folder), server: plan.server };
  const applied: string[] = [];
  for (const item of plan.items) {
    if (item.action === 'unchanged' && item.desired) remember(lock, item, item.version);
  }
  try {
    for (const item of steps) {
      const version = await carryOutOne(context, api, item);
      if (version === null) delete lock.roles[keyOf(item)];
      else remember(lock, item, version);
      applied.push(keyOf(item));
    }
  } catch (error) {
    const done =
      applied.length > 0 ? ` Applied before: ${applied.join(', ')}.` : ' Nothing was applied.';
    if (error instanceof CliError) throw new CliError(`${error.message}${done}`, error.exit);
    throw error;
  } finally {
    writeLock(folder, lock);
  }
  return applied;
}

/** The version the role has now; null when it is gone. */
async function carryOutOne(context: Context, api: Api, item: PlanItem): Promise<number | null> {
  const { tenant, role, action, version, desired } = item;
  const comment = context.text('comment') ?? 'rolegate apply';
  const save = async (on: number) =>
    desired
      ? (await api.savePolicy(tenant, role, { policy: desired, comment, version: on })).version
      : on;
  try {
    if (action === 'delete') {
      await api.deleteRole(tenant, role);
      return null;
    }
    if (action === 'change') return await save(version);
    const created = await api.createRole(tenant, role);
    try {
      return await save(created.policyVersion);
    } catch (error) {
      // A role is created with its policy or not at all.
      await api.deleteRole(tenant, role);
      throw error;
    }
  } catch (error) {
    throw refusal(keyOf({ tenant, role }), error);
  }
}

function remember(lock: Lock, item: PlanItem, version: number): void {
  if (item.desired) lock.roles[keyOf(item)] = locked(version, item.desired);
}
