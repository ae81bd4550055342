import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const looks = {
  info: { icon: Info, className: 'bg-accent-subtle text-accent' },
  success: { icon: CircleCheck, className: 'bg-success-subtle text-success' },
  warning: { icon: TriangleAlert, className: 'bg-warning-subtle text-warning' },
  destructive: { icon: CircleAlert, className: 'bg-destructive-subtle text-destructive' },
} as const;

type NoticeProps = { variant?: keyof typeof looks; children: ReactNode; className?: string };

/** A short remark inside a page or dialog. */
export function Notice({ variant = 'info', children, className }: NoticeProps) {
  const { icon: Icon, className: look } = looks[variant];
  return (
    <div className={cn('flex gap-2 rounded-md px-3 py-2 text-sm', look, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}
