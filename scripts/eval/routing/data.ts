import { existsSync, readFileSync } from 'node:fs';

const FOLDER = '../shared/eval/routing';

export type WeakStrongRow = { prompt: string; subject: string; label: string; source: string };

/** Rows whose label says that the weak model was enough, or that only the strong one was right. */
export function weakStrongRows(): { rows: WeakStrongRow[]; needsStrong: boolean[] } {
  const rows = readRows<WeakStrongRow>('weak-strong.jsonl').filter(
    (row) => row.label === 'needs_strong' || row.label === 'weak_ok',
  );
  return { rows, needsStrong: rows.map((row) => row.label === 'needs_strong') };
}

export type TaskRow = { prompt: string; label: string; source: string };

export function taskRows(): TaskRow[] {
  return readRows<TaskRow>('task-types.jsonl');
}

function readRows<T>(name: string): T[] {
  const path = `${FOLDER}/${name}`;
  if (!existsSync(path))
    throw new Error(
      `${path} is missing: run this from the project's root with the evaluation data beside it.`,
    );
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** Splits by subject, so that no subject is in training and test at once. Deterministic. */
export function subjectFolds(rows: readonly WeakStrongRow[], folds: number): number[] {
  const subjects = [...new Set(rows.map((row) => row.subject))];
  const shuffled = subjects
    .map((subject, index) => ({ subject, key: (index * 7919) % 101 }))
    .sort((a, b) => a.key - b.key);
  const foldOf = new Map(shuffled.map(({ subject }, index) => [subject, index % folds]));
  return rows.map((row) => foldOf.get(row.subject)!);
}
