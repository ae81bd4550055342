'use client';

import { ErrorState } from '@/components/ui/error-state';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** A page broke while rendering; the shell around it stays. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <ErrorState
        title="This page could not be shown"
        error={
          error.digest ? `The server logged it under ${error.digest}.` : error.message || undefined
        }
        onRetry={reset}
      />
    </div>
  );
}
