'use client';

import { ChoiceField } from '../fields/choice-field';
import { ChipsField } from '../fields/chips-field';
import { NumberField } from '../fields/number-field';
import { PatternsField } from '../fields/patterns-field';
import { PiiEntitiesField } from '../fields/pii-entities-field';
import { ToggleField } from '../fields/toggle-field';
import { Group } from '../layout/group';
import { TryPromptPanel } from '../panels/try-prompt-panel';

export function PromptTab() {
  return (
    <>
      <Group title="Prompt Limits">
        <NumberField name="promptPolicies.maxPromptChars" step={100} />
        <NumberField name="promptPolicies.maxPromptTokens" step={100} />
        <NumberField name="promptPolicies.maxMessages" />
      </Group>
      <Group title="Sanitising">
        <ToggleField name="promptPolicies.sanitize.normalizeUnicode" />
        <ToggleField name="promptPolicies.sanitize.stripInvisible" />
      </Group>
      <Group title="Prompt Injection" switchName="promptPolicies.injection.enabled">
        <ChoiceField
          name="promptPolicies.injection.sensitivity"
          choices={{
            low: { label: 'Low', help: 'Only plain attacks.' },
            medium: { label: 'Medium', help: 'Plain attacks and likely ones.' },
            high: { label: 'High', help: 'Whatever resembles an attack.' },
          }}
        />
        <ChoiceField
          name="promptPolicies.injection.action"
          choices={{
            block: { label: 'Block' },
            warn: { label: 'Warn' },
            log: { label: 'Log' },
          }}
        />
        <ToggleField name="promptPolicies.injection.scanToolResults" />
        <ChipsField name="promptPolicies.injection.allowedPhrases" noun="phrase" split="phrases" />
      </Group>
      <Group title="Personal Data" switchName="promptPolicies.pii.enabled">
        <PiiEntitiesField />
        <ChoiceField
          name="promptPolicies.pii.action"
          choices={{
            block: { label: 'Block' },
            redact: { label: 'Redact' },
            warn: { label: 'Warn' },
            log: { label: 'Log' },
          }}
        />
        <ToggleField name="promptPolicies.pii.scanResponses" />
        <ToggleField name="promptPolicies.pii.restoreInResponse" />
      </Group>
      <Group title="Blocked Content">
        <PatternsField name="promptPolicies.blockedPatterns" />
      </Group>
      <TryPromptPanel />
    </>
  );
}
