import type { z } from 'zod';
import { fieldAt, knownKeys } from './walk';

/**
 * Messages of schema faults that name the field by its label and say what is expected. For
 * `rolePolicySchema.safeParse(input, { error: policyErrorMap })` and the form's resolver; messages
 * that a schema brings along stay as they are.
 */
export const policyErrorMap: z.core.$ZodErrorMap = (issue) => {
  const name = labelOf(issue.path ?? []);
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `${name} is required: give ${expected(issue.expected)}.`
        : `${name} must be ${expected(issue.expected)}.`;
    case 'invalid_value':
      return `${name} must be one of ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
    case 'too_big':
      return `${name} must ${sizeRule(issue)}.`;
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, issue.path ?? [])).join(' ');
    case 'invalid_key':
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
};

/** What to say of a key that the document does not have. */
export function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const siblings = knownKeys().get(pathOf(path)) ?? [];
  const near = siblings.find((name) => plain(name) === plain(key));
  const hint = near ? ` Did you mean "${near}"?` : '';
  return `There is no field "${key}" here.${hint || ' Remove it; docs/policy-reference.md lists the fields.'}`;
}

/** Label of the field at a path, or the last key where it has none. */
export function labelOf(path: readonly PropertyKey[]): string {
  const field = fieldAt(path);
  const last = String(path.at(-1) ?? 'The policy');
  if (!field) return last;
  const [entry] = path.slice(field.keys.length);
  if (entry === undefined) return field.title;
  return `${field.title} (${typeof entry === 'number' ? `entry ${entry + 1}` : String(entry)})`;
}

const EXPECTED: Record<string, string> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const expected = (type: string) => EXPECTED[type] ?? type;

function sizeRule(
  issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>,
): string {
  const [bound, word] =
    issue.code === 'too_big' ? [issue.maximum, 'at most'] : [issue.minimum, 'at least'];
  if (issue.origin === 'string') return `have ${word} ${bound} characters`;
  if (issue.origin === 'array') return `have ${word} ${bound} entries`;
  return `be ${word} ${bound}`;
}

/** Spelling aside: `daily_limit_usd` and `dailyLimitUSD` are the same word. */
const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');

/** List indexes become `*`, as in the paths of `walk.ts`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === 'number' ? '*' : String(key))).join('.');
}
