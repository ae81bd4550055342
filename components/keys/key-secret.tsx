'use client';

import { useQuery } from '@tanstack/react-query';
import { useGatewayUrl } from '@/components/shell/gateway-url';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { gatewayModelsQuery } from '@/lib/client/gateway';
import type { NewKey } from '@/lib/client/types';
import { curlLine } from './curl';
import { pickModel } from './pick-model';

/** The one showing of a secret, with a line to try it. */
export function KeySecret({ created }: { created: NewKey }) {
  const gatewayUrl = useGatewayUrl();
  // Named, so that the line works whatever the role's routing and default model are.
  const models = useQuery(gatewayModelsQuery(created.secret));
  const model = pickModel(models.data ?? []);
  return (
    <div className="flex flex-col gap-4">
      <Notice variant="warning">
        Copy the key now. Only its hash is stored, so it cannot be shown again.
      </Notice>
      <div className="flex flex-col gap-1.5">
        <p className="text-sm font-medium">Key</p>
        <CodeBlock code={created.secret} label="API key" />
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="text-sm font-medium">Try it</p>
        <CodeBlock code={curlLine(gatewayUrl, created.secret, model)} label="curl command" />
        <p className="text-xs text-muted-foreground">
          OpenAI clients: set the base URL to{' '}
          <span className="font-mono text-foreground">{gatewayUrl}</span> and use this key.
        </p>
      </div>
    </div>
  );
}
