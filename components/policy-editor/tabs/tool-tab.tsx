'use client';

import { ChoiceField } from '../fields/choice-field';
import { ChipsField } from '../fields/chips-field';
import { NumberField } from '../fields/number-field';
import { ToggleField } from '../fields/toggle-field';
import { Group } from '../layout/group';

export function ToolTab() {
  return (
    <>
      <Group title="Tool Access">
        <ToggleField name="toolPolicies.allowToolCalling" />
        <ChipsField name="toolPolicies.allowedTools" noun="tool" mono />
        <ChipsField name="toolPolicies.blockedTools" noun="tool" mono />
      </Group>
      <Group title="Tool Limits">
        <NumberField name="toolPolicies.maxToolsPerRequest" />
        <NumberField name="toolPolicies.maxToolCallsPerResponse" />
      </Group>
      <Group title="When Tools Are Not Permitted">
        <ChoiceField
          name="toolPolicies.onViolation"
          look="list"
          choices={{
            block: {
              label: 'Block the request',
              help: 'The caller gets a 403 that names the tool.',
            },
            strip: {
              label: 'Strip the tools',
              help: 'The request goes on without them, with the warning tools_stripped.',
            },
          }}
        />
      </Group>
    </>
  );
}
