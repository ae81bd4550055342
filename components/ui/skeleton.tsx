import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A grey block in the shape of what is loading. Say "Loading" once on the container. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div aria-hidden className={cn('animate-pulse rounded-md bg-muted', className)} {...props} />
  );
}
