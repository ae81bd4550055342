import { CircleCheck, CircleX } from 'lucide-react';
import { Time } from '@/components/ui/time';
import type { ProviderTestResult } from '@/lib/client/types';

type TestResultProps = {
  result: ProviderTestResult | null;
  /** The test itself could not be made. */
  error: Error | null;
  pending: boolean;
};

/** What the last test of a connection found. */
export function TestResult({ result, error, pending }: TestResultProps) {
  return (
    <div role="status" className="text-xs empty:hidden">
      {pending && <p className="text-muted-foreground">Calling the provider…</p>}
      {!pending && error && <Failure>{error.message}</Failure>}
      {!pending &&
        !error &&
        result &&
        (result.ok ? (
          <Success result={result} />
        ) : (
          <Failure at={result.at}>{result.message}</Failure>
        ))}
    </div>
  );
}

function Success({ result }: { result: ProviderTestResult }) {
  const details = [
    result.latencyMs === null ? null : `${result.latencyMs} ms`,
    result.models.length > 0 ? `${result.models.length} models listed` : null,
  ].filter((detail) => detail !== null);
  return (
    <p className="flex items-start gap-1.5 text-success">
      <CircleCheck aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        Reached{details.length > 0 && ` in ${details.join(', ')}`}
        <span className="text-muted-foreground">
          {' · '}
          <Time at={result.at} />
        </span>
      </span>
    </p>
  );
}

function Failure({ children, at }: { children: string; at?: string }) {
  return (
    <p className="flex items-start gap-1.5 text-destructive">
      <CircleX aria-hidden className="mt-px size-3.5 shrink-0" />
      <span className="min-w-0 break-words">
        {children}
        {at && (
          <span className="text-muted-foreground">
            {' · '}
            <Time at={at} />
          </span>
        )}
      </span>
    </p>
  );
}
