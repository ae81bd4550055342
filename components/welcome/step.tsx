import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

type StepProps = {
  number: number;
  title: string;
  state: 'done' | 'current' | 'waiting';
  /** What has been done, in a few words. */
  summary?: ReactNode;
  /** Shown while current, and while done when there is something to change. */
  children?: ReactNode;
};

/** One step of a numbered way. */
export function Step({ number, title, state, summary, children }: StepProps) {
  return (
    <li className="relative flex gap-4 pb-8 last:pb-0">
      <span
        aria-hidden
        className="absolute top-8 bottom-1 left-3.5 w-px -translate-x-1/2 bg-border [li:last-child>&]:hidden"
      />
      <span
        aria-hidden
        className={cn(
          'flex size-7 shrink-0 items-center justify-center rounded-full border text-xs font-semibold',
          state === 'done' && 'border-transparent bg-success-subtle text-success',
          state === 'current' && 'border-transparent bg-primary text-primary-foreground',
          state === 'waiting' && 'border-border text-muted-foreground',
        )}
      >
        {state === 'done' ? <Check className="size-4" /> : number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-3 pt-0.5">
        <div>
          <h2
            className={cn(
              'text-base font-semibold tracking-tight',
              state === 'waiting' && 'text-muted-foreground',
            )}
          >
            {title}
            <span className="sr-only">
              {{ done: ', done', current: '', waiting: ', not yet' }[state]}
            </span>
          </h2>
          {summary && <div className="text-sm text-muted-foreground">{summary}</div>}
        </div>
        {state !== 'waiting' && children}
      </div>
    </li>
  );
}
