import { POLICY_KINDS, type RolePolicy } from '@/lib/policy/role-policy';
import { validateRolePolicy } from '@/lib/policy/validate';
import { getAt, segmentsOf, type Segments } from './paths';

/** One fault of a policy and where it is. */
export type FormIssue = { path: Segments; message: string };

/** A fault the server found; it stands until the value it was found in changes. */
export type ServerIssue = FormIssue & { refused: unknown };

/** All faults of what is in the form, the rules between fields included. */
export function findIssues(values: RolePolicy, server: readonly ServerIssue[] = []): FormIssue[] {
  const result = validateRolePolicy(values);
  const own = result.ok
    ? []
    : result.issues.map(({ path, message }) => ({ path: segmentsOf(path, values), message }));
  const more = server.filter(
    ({ path, refused }) =>
      JSON.stringify(getAt(values, path)) === JSON.stringify(refused) &&
      !own.some((known) => known.path.join('\0') === path.join('\0')),
  );
  return [...own, ...more];
}

/** The fault to go to first: sections in the editor's order, then the order in which they were found. */
export function firstIssue(issues: readonly FormIssue[]): FormIssue | undefined {
  const inOrder = POLICY_KINDS.flatMap((kind) => issues.filter(({ path }) => path[0] === kind));
  return inOrder[0] ?? issues[0];
}
