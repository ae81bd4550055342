import { describeChange } from '@/lib/policy/describe';
import { keyOf } from './folder';
import { isChange, type Plan, type PlanItem } from './plan';
import type { Style } from './style';

const WORDS: Record<PlanItem['action'], string> = {
  create: 'to create',
  change: 'to change',
  delete: 'to delete',
  unchanged: 'unchanged',
  moved: 'moved on the server',
};

/** A plan for a reader: what is done to each role, field by field. */
export function showPlan({ items }: Plan, style: Style): string {
  const shown = items
    .filter(({ action }) => action !== 'unchanged')
    .map((item) => show(item, style));
  return [...shown, `${summary(items)}.`].join('\n');
}

function summary(items: readonly PlanItem[]): string {
  const count = (action: PlanItem['action']) =>
    items.filter((item) => item.action === action).length;
  const parts = (['create', 'change', 'delete', 'moved', 'unchanged'] as const)
    .filter((action) => count(action) > 0)
    .map((action) => `${count(action)} ${WORDS[action]}`);
  return `Plan: ${parts.join(', ') || 'no policy files'}`;
}

function show(item: PlanItem, style: Style): string {
  const name = style.bold(keyOf(item));
  const lines = item.changes.map((change) => `    ${describeChange(change)}`);
  switch (item.action) {
    case 'create':
      return [`${style.green('+')} ${name}  new role`, ...lines].join('\n');
    case 'change':
      return [`${style.yellow('~')} ${name}  version ${item.version}`, ...lines].join('\n');
    case 'delete':
      return `${style.red('-')} ${name}  version ${item.version}, no file describes it`;
    case 'moved':
      return `${style.red('!')} ${name}  ${movedWhy(item)}`;
    case 'unchanged':
      return `  ${name}  unchanged`;
  }
}

/** Why a role is left alone, and what to do. */
function movedWhy({ version, pulledVersion, file }: PlanItem): string {
  if (version === 0) {
    return `was deleted on the server since version ${pulledVersion}: delete ${file ?? 'its file'}, or its entry in rolegate.lock.json to create it anew`;
  }
  return `the server moved: it is at version ${version}, the files are from ${pulledVersion}. Run rolegate pull to merge`;
}

/** A plan for scripts. */
export function planJson({ server, items }: Plan): object {
  return {
    server,
    changes: items.filter(isChange).length,
    items: items.map(({ desired: _secret, ...item }) => item),
  };
}
