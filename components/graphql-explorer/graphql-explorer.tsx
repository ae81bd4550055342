'use client';

import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTenant } from '@/components/shell/tenant-context';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Label } from '@/components/ui/label';
import { PageHeader } from '@/components/ui/page-header';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/client/api';
import { SchemaBrowser } from './schema-browser';

const FIRST_QUERY = `query ($tenant: String!) {
  roles(tenant: $tenant) {
    items {
      name
      policy {
        version
        policy { budgetPolicy { enabled dailyLimitUSD onExceeded } }
      }
      budget { windows { window limitUsd settledUsd } }
    }
  }
}`;

type Asked = { query: string; variables: string };

/** Writes a query, sends it with the session, shows the answer; the schema stands beside it. */
export function GraphqlExplorer({ sdl }: { sdl: string }) {
  const { tenant } = useTenant();
  const [query, setQuery] = useState(FIRST_QUERY);
  const [variables, setVariables] = useState(JSON.stringify({ tenant: tenant.slug }, null, 2));
  const request = useMutation({ mutationFn: send });
  const run = () => request.mutate({ query, variables });

  function runOnShortcut(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  }

  return (
    <>
      <PageHeader
        title="GraphQL"
        description="Queries run as you, and changes are real. Scripts send the same to POST /api/graphql with an admin token."
        actions={
          <Button onClick={run} disabled={request.isPending}>
            <Play /> Run
          </Button>
        }
      />
      <div className="grid gap-6 lg:grid-cols-2" onKeyDown={runOnShortcut}>
        <div className="flex min-w-0 flex-col gap-4">
          <Source id="query" label="Query" rows={18} value={query} onChange={setQuery} />
          <Source
            id="variables"
            label="Variables, as JSON"
            rows={5}
            value={variables}
            onChange={setVariables}
          />
          <p className="text-xs text-muted-foreground">Ctrl or ⌘ with Enter runs the query.</p>
        </div>
        <div className="flex min-w-0 flex-col gap-2" aria-live="polite">
          <p className="text-sm font-medium">Answer</p>
          {request.error && <p className="text-sm text-destructive">{request.error.message}</p>}
          {request.data !== undefined ? (
            <CodeBlock
              label="the answer"
              code={JSON.stringify(request.data, null, 2)}
              className="max-h-[70dvh] overflow-y-auto"
            />
          ) : (
            !request.error && (
              <p className="text-sm text-muted-foreground">Run the query to see it.</p>
            )
          )}
        </div>
      </div>
      <SchemaBrowser sdl={sdl} />
    </>
  );
}

type SourceProps = {
  id: string;
  label: string;
  rows: number;
  value: string;
  onChange: (value: string) => void;
};

function Source({ id, label, rows, value, onChange }: SourceProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      <Textarea
        id={id}
        rows={rows}
        spellCheck={false}
        className="font-mono text-xs leading-5"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

async function send({ query, variables }: Asked): Promise<unknown> {
  return api.post('/api/graphql', { query, variables: parsedVariables(variables) });
}

function parsedVariables(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error('The variables are not valid JSON.', { cause });
  }
}
