import type { FieldErrors, Resolver } from 'react-hook-form';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { findIssues, type FormIssue, type ServerIssue } from './issues';
import type { Segments } from './paths';

type ErrorTree = { [key: string]: ErrorTree | string };

/**
 * Faults as react-hook-form keeps them: a tree in the shape of the document. Built from segments and
 * not from dotted names, because keys of maps (`gpt-3.5-turbo`) hold dots.
 */
export function toErrorTree(issues: readonly FormIssue[]): FieldErrors<RolePolicy> {
  const tree: ErrorTree = {};
  for (const { path, message } of issues) {
    let node = tree;
    for (const key of path) {
      const next = node[String(key)];
      if (typeof next === 'object') node = next;
      else node = node[String(key)] = {};
    }
    if (typeof node.message === 'string') continue;
    node.type = 'policy';
    node.message = message;
  }
  return tree as FieldErrors<RolePolicy>;
}

/** Every fault at a place or below it, with its path below that place. */
export function errorsBelow(node: unknown, path: Segments = []): FormIssue[] {
  if (typeof node !== 'object' || node === null) return [];
  const { message } = node as { message?: unknown };
  const own = typeof message === 'string' ? [{ path, message }] : [];
  const below = Object.entries(node)
    .filter(([key]) => key !== 'ref')
    .flatMap(([key, child]) => errorsBelow(child, [...path, key]));
  return [...own, ...below];
}

export type PolicyChecker = {
  /** For the form. */
  resolver: Resolver<RolePolicy>;
  /** All faults of what is in the form. */
  check: (values: RolePolicy) => FormIssue[];
  /** Remembers what the server refused; replaces what it refused before. */
  refused: (issues: readonly ServerIssue[]) => void;
};

/** Holds a form against the schemas, the rules between fields and what the server last refused. */
export function createPolicyChecker(): PolicyChecker {
  let server: readonly ServerIssue[] = [];
  const check = (values: RolePolicy) => findIssues(values, server);
  return {
    check,
    refused: (issues) => {
      server = issues;
    },
    resolver: (values) => {
      const issues = check(values);
      return issues.length === 0
        ? { values, errors: {} }
        : { values: {}, errors: toErrorTree(issues) };
    },
  };
}
