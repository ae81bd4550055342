'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { SECTION_TITLES } from '@/lib/policy/labels';
import type { Finding } from '@/lib/policy/lint/finding';
import type { PolicyKind, RolePolicy } from '@/lib/policy/role-policy';
import { segmentsOf, type Segments } from '../model/paths';
import { countsInWords, findingsBySection } from './by-section';
import { useFindings, type FindingsState } from './findings-context';

const LOOKS = {
  error: { icon: CircleAlert, className: 'text-destructive', word: 'Error' },
  warning: { icon: TriangleAlert, className: 'text-warning', word: 'Warning' },
  info: { icon: Info, className: 'text-muted-foreground', word: 'Remark' },
} as const;

type FindingsPanelProps = { open: PolicyKind; onGoTo: (path: Segments) => void };

/** What is worth a second look in the policy as it stands; each entry leads to its field. */
export function FindingsPanel({ open, onGoTo }: FindingsPanelProps) {
  const { findings, state } = useFindings();
  const { getValues } = useFormContext<RolePolicy>();
  return (
    <Card data-findings={findings.length} data-lint={state} className="mt-4">
      <section aria-label="Findings" className="px-4 py-4 sm:px-6">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 className="text-sm font-semibold">Findings</h2>
          <p role="status" className="text-xs text-muted-foreground">
            {summaryOf({ findings, state })}
          </p>
        </div>
        {findingsBySection(findings, open).map((section) => (
          <div key={section.kind} className="mt-3">
            <h3 className="text-xs font-medium text-muted-foreground">
              {SECTION_TITLES[section.kind]}
            </h3>
            <ul className="flex flex-col">
              {section.findings.map((finding) => (
                <li key={`${finding.rule} ${finding.path}`}>
                  <Entry
                    finding={finding}
                    onClick={() => onGoTo(segmentsOf(finding.path, getValues()))}
                  />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </Card>
  );
}

function Entry({ finding, onClick }: { finding: Finding; onClick: () => void }) {
  const { icon: Icon, className, word } = LOOKS[finding.severity];
  return (
    <button
      type="button"
      data-finding={finding.rule}
      onClick={onClick}
      className="-mx-2 flex w-[calc(100%+1rem)] items-start gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-muted focus-visible:ring-2 focus-visible:ring-ring focus-visible:outline-none"
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', className)} />
      <span className="min-w-0 break-words">
        <span className="sr-only">{word}: </span>
        {finding.message} <span className="text-muted-foreground">{finding.remedy}</span>
      </span>
    </button>
  );
}

function summaryOf({ findings, state }: FindingsState) {
  if (state === 'invalid') return 'Correct the errors first; what was found before stays below.';
  if (state === 'failed') return 'The policy could not be checked. The next change tries again.';
  const counts = countsInWords(findings);
  if (counts) return counts;
  if (state === 'checking') return 'Checking …';
  return (
    <span className="inline-flex items-center gap-1.5">
      <CircleCheck aria-hidden className="size-3.5 text-success" /> Nothing to remark
    </span>
  );
}
