'use client';

import { Braces, Code2, FileJson2 } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import type { OpenApiDocument } from '@/lib/openapi/types';
import { Operation } from './operation';
import { operationsByTag } from './operations-by-tag';
import { SchemaSection } from './schema-section';

/** The API's reference, made of the document that comes with the page: an index by group, every operation, every schema. */
export function ApiDocsPage({ document }: { document: OpenApiDocument }) {
  const groups = operationsByTag(document);
  return (
    <>
      <PageHeader
        title="API"
        description="Everything the console does, a script can do too: over REST or GraphQL, with an admin token. Applications call the gateway with an API key."
        actions={
          <>
            <Button asChild variant="outline">
              <Link href="/docs/api/graphql">
                <Braces /> GraphQL
              </Link>
            </Button>
            <Button asChild variant="outline">
              <a href="/api/openapi.json" download="rolegate.openapi.json">
                <FileJson2 /> OpenAPI
              </a>
            </Button>
            <Button asChild variant="outline">
              <a href="/api/policy.schema.json" download="policy.schema.json">
                <Code2 /> Policy schema
              </a>
            </Button>
          </>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[200px_minmax(0,1fr)]">
        <Index groups={groups.map(({ name }) => name)} />
        <div className="flex min-w-0 flex-col gap-10">
          {groups.map(({ name, description, operations }) => (
            <section key={name} id={anchorOf(name)} className="flex flex-col gap-3">
              <div>
                <h2 className="text-base font-semibold tracking-tight">{name}</h2>
                <p className="text-sm text-muted-foreground">{description}</p>
              </div>
              <div className="divide-y divide-border rounded-lg border border-border bg-card">
                {operations.map((each) => (
                  <Operation key={each.operation.operationId} {...each} document={document} />
                ))}
              </div>
            </section>
          ))}
          <SchemaSection schemas={document.components.schemas} />
        </div>
      </div>
    </>
  );
}

function Index({ groups }: { groups: string[] }) {
  return (
    <nav aria-label="Groups" className="lg:sticky lg:top-18 lg:self-start">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm lg:flex-col">
        {[...groups, 'Schemas'].map((name) => (
          <li key={name}>
            <a
              href={`#${anchorOf(name)}`}
              className="flex min-h-8 items-center rounded-sm text-muted-foreground hover:text-foreground pointer-coarse:min-h-11"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const anchorOf = (name: string) => name.toLowerCase();
