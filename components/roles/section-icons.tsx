import { cn } from '@/components/ui/cn';
import { Hint } from '@/components/ui/tooltip';
import type { PolicyKind } from '@/lib/policy/role-policy';
import { POLICY_SECTION_LIST } from './policy-sections';

/** Which of the eight policy sections are on, as a row of icons that name themselves. */
export function SectionIcons({ sections }: { sections: Readonly<Record<PolicyKind, boolean>> }) {
  return (
    <ul className="flex flex-wrap gap-1" aria-label="Policy sections">
      {POLICY_SECTION_LIST.map(({ kind, label, icon: Icon }) => {
        const on = sections[kind];
        const text = `${label}: ${on ? 'on' : 'off'}`;
        return (
          <li key={kind} className="flex">
            <Hint content={text}>
              <span
                className={cn(
                  'flex size-6 items-center justify-center rounded-sm border',
                  on
                    ? 'border-transparent bg-accent-subtle text-accent'
                    : 'border-dashed border-border text-muted-foreground/60',
                )}
              >
                <Icon aria-hidden className="size-3.5" />
                <span className="sr-only">{text}</span>
              </span>
            </Hint>
          </li>
        );
      })}
    </ul>
  );
}
