'use client';

import { ChoiceField } from '../fields/choice-field';
import { ModelLimitsField } from '../fields/model-limits-field';
import { NumberField } from '../fields/number-field';
import { Group } from '../layout/group';

export function RateLimitTab() {
  return (
    <>
      <Group title="Counting">
        <ChoiceField
          name="rateLimitPolicy.scope"
          choices={{
            role: { label: 'Whole role', help: 'All keys of the role share the limits.' },
            key: { label: 'Each key', help: 'Every key has the limits for itself.' },
          }}
        />
      </Group>
      <Group title="Request Limits">
        <NumberField name="rateLimitPolicy.requestsPerMinute" />
        <NumberField name="rateLimitPolicy.requestsPerHour" />
        <NumberField name="rateLimitPolicy.requestsPerDay" />
      </Group>
      <Group title="Token Limits">
        <NumberField name="rateLimitPolicy.tokensPerMinute" step={1000} />
        <NumberField name="rateLimitPolicy.tokensPerHour" step={1000} />
        <NumberField name="rateLimitPolicy.tokensPerDay" step={1000} />
      </Group>
      <Group title="Concurrency and Bursts">
        <NumberField name="rateLimitPolicy.maxConcurrentRequests" />
        <NumberField name="rateLimitPolicy.burstRequests" />
      </Group>
      <Group title="Limits by Model">
        <ModelLimitsField />
      </Group>
    </>
  );
}
