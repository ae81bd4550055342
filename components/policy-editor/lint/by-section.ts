import { POLICY_KINDS, type PolicyKind } from '@/lib/policy/role-policy';
import type { Finding } from '@/lib/policy/lint/finding';

/** Findings of the sections that have any, the open section first, the others in the editor's order. */
export function findingsBySection(
  findings: readonly Finding[],
  open: PolicyKind,
): { kind: PolicyKind; findings: Finding[] }[] {
  return [open, ...POLICY_KINDS.filter((kind) => kind !== open)]
    .map((kind) => ({ kind, findings: findings.filter((each) => isIn(each, kind)) }))
    .filter((section) => section.findings.length > 0);
}

/** How many findings of a section a tab is marked for; remarks on what has no effect mark none. */
export function markedFindings(findings: readonly Finding[], kind: PolicyKind): number {
  return findings.filter((each) => isIn(each, kind) && each.severity !== 'info').length;
}

/** `1 error, 2 warnings`; empty when there is nothing. */
export function countsInWords(findings: readonly Finding[]): string {
  const words = { error: 'error', warning: 'warning', info: 'remark' } as const;
  return (['error', 'warning', 'info'] as const)
    .map((severity) => [
      findings.filter((each) => each.severity === severity).length,
      words[severity],
    ])
    .filter(([count]) => count !== 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ');
}

const isIn = ({ path }: Finding, kind: PolicyKind) => path.startsWith(`${kind}.`);
