import { classifyTask } from '@/lib/gateway/router/task-type';
import type { TaskRow } from './data';

/** The data set's labels in the words of the policy document. */
const TASK_OF_LABEL: Readonly<Record<string, string>> = {
  knowledge_qa: 'general',
  customer_support: 'general',
  roleplay: 'creative',
  creative_writing: 'creative',
};

export type Confusion = Map<string, Map<string, number>>;

/** How often each true task was taken for each other. */
export function confusionOf(rows: readonly TaskRow[]): Confusion {
  const confusion: Confusion = new Map();
  for (const { prompt, label } of rows) {
    const truth = TASK_OF_LABEL[label] ?? label;
    const guess = classifyTask({ messages: [{ role: 'user', content: prompt }] });
    const row = confusion.get(truth) ?? new Map<string, number>();
    row.set(guess, (row.get(guess) ?? 0) + 1);
    confusion.set(truth, row);
  }
  return confusion;
}

/** F1 of each task that occurs in the data, and how many rows it has. */
export function f1Of(confusion: Confusion): Map<string, { f1: number; rows: number }> {
  const result = new Map<string, { f1: number; rows: number }>();
  for (const [task, row] of confusion) {
    const hits = row.get(task) ?? 0;
    const rows = sum(row.values());
    const guessed = sum([...confusion.values()].map((each) => each.get(task) ?? 0));
    result.set(task, { f1: rows + guessed === 0 ? 0 : (2 * hits) / (rows + guessed), rows });
  }
  return result;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Prints the confusion table and macro F1: of all tasks, and of those with enough rows to say something. */
export function printTaskTypes(rows: readonly TaskRow[]): void {
  const confusion = confusionOf(rows);
  const f1 = f1Of(confusion);
  const guesses = [...new Set([...confusion.values()].flatMap((row) => [...row.keys()]))].sort();
  console.log('Task types: rows are the true task, columns what it was taken for');
  console.table(
    Object.fromEntries(
      [...confusion].map(([truth, row]) => [
        truth,
        {
          ...Object.fromEntries(guesses.map((guess) => [guess, row.get(guess) ?? 0])),
          F1: (f1.get(truth)?.f1 ?? 0).toFixed(3),
        },
      ]),
    ),
  );
  const macro = (least: number): string => {
    const own = [...f1.values()].filter((each) => each.rows >= least);
    return (sum(own.map((each) => each.f1)) / own.length).toFixed(3);
  };
  console.log(`macro F1 ${macro(1)} over all tasks, ${macro(50)} over those with 50 rows or more`);
}
