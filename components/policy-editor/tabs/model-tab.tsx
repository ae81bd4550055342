'use client';

import { ChoiceField } from '../fields/choice-field';
import { ModelsField, ProvidersField } from '../fields/chips-field';
import { ModelField } from '../fields/model-field';
import { NumberField } from '../fields/number-field';
import { Group } from '../layout/group';

export function ModelTab() {
  return (
    <>
      <Group title="Permitted Models">
        <ChoiceField
          name="modelRestrictions.mode"
          choices={{
            allowlist: { label: 'Allowlist', help: 'Only the allowed models may be used.' },
            blocklist: { label: 'Blocklist', help: 'All models but the blocked ones may be used.' },
          }}
        />
        <ModelsField name="modelRestrictions.allowedModels" />
        <ModelsField name="modelRestrictions.blockedModels" />
        <ProvidersField name="modelRestrictions.allowedProviders" />
      </Group>
      <Group title="Defaults and Output">
        <ModelField name="modelRestrictions.defaultModel" />
        <NumberField name="modelRestrictions.maxOutputTokens" step={100} />
      </Group>
    </>
  );
}
