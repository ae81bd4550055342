import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../context';
import { EXIT, type ExitCode } from '../io';
import { readLock } from '../lock';
import { lockFolder } from '../lock-folder';
import { digestOf, isChange, makePlan, type Plan } from '../plan';
import { planJson, showPlan } from '../show-plan';

/** What `apply` would do. Ends with 2 when there is something to do. */
export async function plan(context: Context): Promise<ExitCode> {
  const made = await planOf(context);
  if (!made) return EXIT.failed;
  if (context.json) context.printJson(planJson(made));
  else context.line(showPlan(made, context.style));
  const out = context.text('out');
  if (out) {
    const text = JSON.stringify(
      { planVersion: 1, server: made.server, steps: digestOf(made) },
      null,
      2,
    );
    writeFileSync(resolve(context.io.cwd, out), `${text}\n`);
  }
  return exitOf(made);
}

/** Field by field, what the files say otherwise than the server, whoever changed it. */
export async function diff(context: Context): Promise<ExitCode> {
  const made = await planOf(context, { ignoreLock: true });
  if (!made) return EXIT.failed;
  if (context.json) context.printJson(planJson(made));
  else context.line(showPlan(made, context.style).replace(/^Plan: /m, 'Files against server: '));
  return exitOf(made);
}

/** The plan of the folder, or null after telling what is wrong with a file. */
export async function planOf(context: Context, { ignoreLock = false } = {}): Promise<Plan | null> {
  const policies = context.policies({ variables: context.io.env });
  if (!policies) return null;
  const lock = readLock(lockFolder(context.folder));
  const known = ignoreLock ? { ...lock, roles: {} } : lock;
  return makePlan(context.api(), policies, known, { prune: context.flag('prune') });
}

function exitOf({ items }: Plan): ExitCode {
  if (items.some(({ action }) => action === 'moved')) return EXIT.moved;
  return items.some(isChange) ? EXIT.changes : EXIT.ok;
}
