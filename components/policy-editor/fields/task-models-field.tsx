'use client';

import { useMemo, useState } from 'react';
import { TASK_TYPES, type TaskType } from '@/lib/policy/routing/schema';
import { FieldRow } from '../layout/field-row';
import { itemFault } from '../model/field-info';
import { useModelSuggestions } from '../suggest/use-suggestion-sources';
import { ChipsInput } from './chips-input';
import { usePolicyField } from './use-policy-field';

const NAME = 'routingPolicy.capabilityConfig.taskModels';

const TASK_NAMES: Record<TaskType, string> = {
  code: 'Code',
  math: 'Mathematics',
  reasoning: 'Reasoning',
  translation: 'Translation',
  summarization: 'Summarization',
  extraction: 'Extraction',
  creative: 'Creative writing',
  vision: 'Vision',
  general: 'General',
};

/** Models for each type of task, best first. */
export function TaskModelsField() {
  const field = usePolicyField(NAME);
  const { value, onChange, readOnly, issues, ids, error } = field;
  const [wanted, setWanted] = useState(false);
  const suggestions = useModelSuggestions(wanted);
  const fault = useMemo(() => itemFault(`${NAME}.*`), []);

  function setModels(task: TaskType, models: string[]) {
    const next = { ...value, [task]: models };
    if (models.length === 0) delete next[task];
    onChange(next);
  }

  return (
    <FieldRow
      field={{ ...field, error: error ?? issues[0]?.message }}
      control="task-models"
      labels="group"
    >
      <ul aria-labelledby={ids.label} className="flex flex-col gap-2">
        {TASK_TYPES.map((task) => {
          const faulty = issues.filter(({ path }) => path[0] === task);
          return (
            <li
              key={task}
              data-key={task}
              className="grid items-start gap-x-3 gap-y-1 sm:grid-cols-[7.5rem_minmax(0,1fr)]"
            >
              <span id={`${ids.label}-${task}`} className="pt-1.5 text-xs">
                {TASK_NAMES[task]}
              </span>
              <ChipsInput
                aria-labelledby={`${ids.label}-${task}`}
                aria-describedby={ids.help}
                aria-invalid={faulty.length > 0 ? true : undefined}
                value={value[task] ?? []}
                onChange={(models) => setModels(task, models)}
                fault={fault}
                faulty={new Set(faulty.map(({ path }) => Number(path[1])))}
                split="words"
                noun="model"
                mono
                suggestions={suggestions}
                onFocus={() => setWanted(true)}
                disabled={readOnly}
              />
            </li>
          );
        })}
      </ul>
    </FieldRow>
  );
}
