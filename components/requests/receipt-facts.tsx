'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ReceiptDetail } from '@/lib/client/requests';
import { CacheBadge } from './badges';
import { formatDuration, formatMoment } from './format-duration';
import { costOf, modelOf } from './request-facts';

/** Who asked for what, who answered, and what it took. */
export function ReceiptFacts({ receipt }: { receipt: ReceiptDetail }) {
  const { role, cache, tokens } = receipt;
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
      <Fact label="Time">
        <time dateTime={receipt.at}>{formatMoment(receipt.at)}</time>
      </Fact>
      <Fact label="Duration">{formatDuration(receipt.latencyMs)}</Fact>
      <Fact label="Role">
        <Link href={`/roles/${role.id}`} className="underline-offset-4 hover:underline">
          {role.name}
        </Link>
      </Fact>
      <Fact label="Policy">
        <Link href={`/roles/${role.id}/policy`} className="underline-offset-4 hover:underline">
          Version {receipt.policyVersion}
        </Link>
      </Fact>
      <Fact label="Key">{receipt.key.name}</Fact>
      <Fact label="Asked for">{receipt.requestedModel ?? 'Any model'}</Fact>
      <Fact label="Answered by">{receipt.provider ? modelOf(receipt) : 'Nobody'}</Fact>
      <Fact label="Streamed">{receipt.stream ? 'Yes' : 'No'}</Fact>
      <Fact label="Tokens">{tokensOf(tokens)}</Fact>
      <Fact label="Cost">{costOf(receipt.costUsd)}</Fact>
      <Fact label="Cache">
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <CacheBadge status={cache.status} />
          {[
            cache.similarity !== null && `similarity ${Number(cache.similarity.toFixed(3))}`,
            cache.ageSeconds !== null && `${Math.round(cache.ageSeconds)} s old`,
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </Fact>
    </dl>
  );
}

const number = new Intl.NumberFormat('en-US');

function tokensOf(tokens: ReceiptDetail['tokens']): string {
  const parts = [
    `${number.format(tokens.input)} in`,
    tokens.cachedInput > 0 && `${number.format(tokens.cachedInput)} of them cached`,
    `${number.format(tokens.output)} out`,
    tokens.reasoning > 0 && `${number.format(tokens.reasoning)} of them reasoning`,
  ].filter(Boolean);
  return `${parts.join(', ')}${tokens.estimated ? ' (estimated)' : ''}`;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-3">
      <dt className="w-24 shrink-0 text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  );
}
