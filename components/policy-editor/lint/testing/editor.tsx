import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProvider, useForm } from 'react-hook-form';
import { lintQuery } from '@/lib/client/lint';
import type { Finding } from '@/lib/policy/lint/finding';
import { type RolePolicy, type RolePolicyInput, rolePolicySchema } from '@/lib/policy/role-policy';
import { ChangesProvider } from '../../changes-context';
import { EditorContextProvider } from '../../editor-context';
import { PolicyTabs } from '../../policy-tabs';
import { FindingsProvider } from '../findings-context';
import { FindingsPanel } from '../findings-panel';

const nothing = () => undefined;

/** The HTML of the editor's tabs and panel over a policy, with what the server found about it. */
export function renderEditor(input: RolePolicyInput, findings: Finding[]): string {
  const policy = rolePolicySchema.parse(input);
  const client = new QueryClient();
  client.setQueryData(lintQuery('tenant', 'role', policy).queryKey, findings);
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <Editor policy={policy} />
    </QueryClientProvider>,
  );
}

function Editor({ policy }: { policy: RolePolicy }) {
  const form = useForm<RolePolicy>({ defaultValues: policy });
  return (
    <EditorContextProvider
      value={{ tenantId: 'tenant', roleId: 'role', readOnly: false, saved: policy }}
    >
      <FormProvider {...form}>
        <ChangesProvider>
          <FindingsProvider>
            <PolicyTabs
              open="toolPolicies"
              onOpen={nothing}
              header={null}
              footer={<FindingsPanel open="toolPolicies" onGoTo={nothing} />}
            />
          </FindingsProvider>
        </ChangesProvider>
      </FormProvider>
    </EditorContextProvider>
  );
}
