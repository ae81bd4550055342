import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { CodeBlock } from '@/components/ui/code-block';
import type { OpenApiDocument, OpenApiResponse } from '@/lib/openapi/types';
import { curlOf } from './curl';
import { FieldTable } from './field-table';
import { Fold } from './fold';
import type { ShownOperation } from './operations-by-tag';
import { Prose } from './prose';
import { TypeLink } from './type-link';

const METHOD_VARIANTS: Record<string, 'secondary' | 'default' | 'destructive'> = {
  GET: 'secondary',
  DELETE: 'destructive',
};

/** One operation, folded to its line until it is opened. */
export function Operation({ document, ...shown }: ShownOperation & { document: OpenApiDocument }) {
  const { method, path, operation } = shown;
  return (
    <Fold
      id={operation.operationId}
      summary={
        <>
          <Badge variant={METHOD_VARIANTS[method] ?? 'default'} className="w-16 justify-center">
            {method}
          </Badge>
          <code className="min-w-0 font-mono text-xs break-all">{path}</code>
          <span className="w-full text-sm text-muted-foreground sm:w-auto">
            <Prose text={operation.summary} />
          </span>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <p className="text-sm">
          <Prose text={operation.description} />
        </p>
        {operation.parameters.length > 0 && (
          <Part title="Parameters">
            <FieldTable
              label={`Parameters of ${operation.operationId}`}
              fields={operation.parameters.map(({ name, in: place, ...rest }) => ({
                ...rest,
                name: place === 'path' ? `{${name}}` : name,
              }))}
            />
          </Part>
        )}
        {operation.requestBody && (
          <Part title="Body">
            <Body content={operation.requestBody.content} />
          </Part>
        )}
        <Part title="Example">
          <CodeBlock label={`curl of ${operation.operationId}`} code={curlOf(shown)} />
        </Part>
        <Part title="Answers">
          <ul className="flex flex-col gap-3">
            {Object.entries(operation.responses).map(([status, response]) => (
              <Answer
                key={status}
                status={status}
                label={`${operation.operationId} ${status}`}
                response={resolved(response, document)}
              />
            ))}
          </ul>
        </Part>
      </div>
    </Fold>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-xs font-medium text-muted-foreground">{title}</h3>
      {children}
    </div>
  );
}

function Body({ content }: { content: NonNullable<OpenApiResponse['content']> }) {
  const media = content['application/json'];
  return <p className="text-sm">JSON: {media ? <TypeLink schema={media.schema} /> : 'none'}</p>;
}

type AnswerProps = { status: string; label: string; response: OpenApiResponse };

function Answer({ status, label, response }: AnswerProps) {
  const media = response.content?.['application/json'];
  const shown = status.startsWith('2') && media?.example !== undefined;
  return (
    <li className="flex min-w-0 flex-col gap-2 text-sm">
      <p>
        <code className="font-mono text-xs">{status}</code> <Prose text={response.description} />{' '}
        {media && <TypeLink schema={media.schema} />}
      </p>
      {shown && (
        <CodeBlock label={`Answer of ${label}`} code={JSON.stringify(media.example, null, 2)} />
      )}
    </li>
  );
}

function resolved(
  response: OpenApiResponse | { $ref: string },
  document: OpenApiDocument,
): OpenApiResponse {
  if (!('$ref' in response)) return response;
  const name = response.$ref.split('/').at(-1) ?? '';
  return document.components.responses[name] ?? { description: name };
}
