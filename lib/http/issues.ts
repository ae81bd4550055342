import type { z } from 'zod';
import type { Issue } from '@/lib/errors/app-error';

type ZodIssue = z.core.$ZodIssue;

const MAX_ISSUES = 100;

/** zod's faults as the admin API answers them: one per field, its path dotted, the list bounded. */
export function toIssues(error: z.ZodError): Issue[] {
  const first = new Map<string, Issue>();
  for (const issue of error.issues.flatMap(flatten)) {
    if (!first.has(issue.path)) first.set(issue.path, issue);
  }
  return [...first.values()].slice(0, MAX_ISSUES);
}

function flatten(issue: ZodIssue): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: dotted([...issue.path, key]),
      message: 'Remove it: there is no such field.',
    }));
  }
  return [{ path: dotted(issue.path), message: issue.message }];
}

function dotted(path: PropertyKey[]): string {
  return path.map(String).join('.');
}
