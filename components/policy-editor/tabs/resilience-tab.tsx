'use client';

import { CheckField } from '../fields/check-field';
import { ChipsField } from '../fields/chips-field';
import { FallbackField } from '../fields/fallback/fallback-field';
import { NumberField } from '../fields/number-field';
import { ToggleField } from '../fields/toggle-field';
import { Group } from '../layout/group';
import { CheckRow } from '../layout/check-row';

export function ResilienceTab() {
  return (
    <>
      <Group title="Retry Settings" switchName="resiliencePolicy.retryEnabled">
        <NumberField name="resiliencePolicy.maxRetries" />
        <NumberField name="resiliencePolicy.retryBackoffMs" />
        <NumberField name="resiliencePolicy.retryBackoffMax" step={1000} />
        <ToggleField name="resiliencePolicy.retryJitter" />
        <CheckRow title="Retry on" help="Which failures may pass by themselves.">
          <CheckField name="resiliencePolicy.retryOnTimeout" />
          <CheckField name="resiliencePolicy.retryOnRateLimit" />
          <CheckField name="resiliencePolicy.retryOnServerError" />
        </CheckRow>
        <ChipsField name="resiliencePolicy.retryableErrors" noun="error" mono />
      </Group>
      <Group title="Fallback Chain" switchName="resiliencePolicy.fallbackEnabled">
        <FallbackField />
      </Group>
      <Group title="Circuit Breaker" switchName="resiliencePolicy.circuitBreakerEnabled">
        <NumberField name="resiliencePolicy.circuitBreakerThreshold" />
        <NumberField name="resiliencePolicy.circuitBreakerTimeout" />
      </Group>
      <Group title="Timeout">
        <NumberField name="resiliencePolicy.requestTimeoutMs" step={1000} />
      </Group>
    </>
  );
}
