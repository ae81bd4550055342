'use client';

import { ChoiceField } from '../fields/choice-field';
import { ModelsField } from '../fields/chips-field';
import { NumberField } from '../fields/number-field';
import { PatternsField } from '../fields/patterns-field';
import { SliderField } from '../fields/slider-field';
import { ToggleField } from '../fields/toggle-field';
import { Group } from '../layout/group';
import { CacheLive } from '../panels/cache-live';
import { ThresholdTable } from '../panels/threshold-table';
import { TryMatch } from '../panels/try-match';

export function CachingTab() {
  return (
    <>
      <CacheLive />
      <Group title="Cache Behavior">
        <SliderField name="cachingPolicy.similarityThreshold" beside={<ThresholdTable />} />
        <NumberField name="cachingPolicy.ttlSeconds" step={60} />
        <NumberField name="cachingPolicy.maxCacheSize" step={100} />
        <ChoiceField
          name="cachingPolicy.scope"
          choices={{
            role: { label: 'Role' },
            key: { label: 'Key' },
            user: { label: 'End user' },
          }}
        />
      </Group>
      <Group title="What to Cache">
        <ToggleField name="cachingPolicy.cacheStreaming" />
        <ToggleField name="cachingPolicy.cacheToolCalls" />
      </Group>
      <Group title="Exclusions">
        <ModelsField name="cachingPolicy.excludedModels" />
        <PatternsField name="cachingPolicy.excludedPatterns" />
      </Group>
      <Group title="Cost Tracking">
        <ToggleField name="cachingPolicy.trackSavings" />
      </Group>
      <TryMatch />
    </>
  );
}
