import { describeChange } from '@/lib/policy/describe';
import type { PolicyChange } from '@/lib/policy/diff';
import { SECTION_TITLES } from '@/lib/policy/labels';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { POLICY_TABS } from '../tabs';

/** Changes in words, under the names of their sections. */
export function ChangeList({ changes }: { changes: readonly PolicyChange[] }) {
  const sections = POLICY_KINDS.map((kind) => ({
    kind,
    changes: changes.filter(({ path }) => path.startsWith(`${kind}.`)),
  })).filter((section) => section.changes.length > 0);
  return (
    <div className="flex flex-col gap-4">
      {sections.map(({ kind, changes: own }) => {
        const { icon: Icon, title } = POLICY_TABS[kind];
        return (
          <section key={kind} className="flex flex-col gap-1.5">
            <h3 className="flex items-center gap-2 text-xs font-semibold text-muted-foreground">
              <Icon aria-hidden className="size-3.5" />
              {title}
            </h3>
            <ul className="flex flex-col gap-1 border-l-2 border-border pl-3">
              {own.map((change) => (
                <li key={change.path} data-change={change.path} className="text-sm break-words">
                  {describeChange(change).replace(`${SECTION_TITLES[kind]} · `, '')}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
