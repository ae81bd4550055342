'use client';

import { Plus, X } from 'lucide-react';
import { useRef, useState, type ClipboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { splitList } from '../format/split-list';
import { FieldError } from '../layout/field-error';
import { FieldRow } from '../layout/field-row';
import type { StringListPath } from '../model/form-types';
import { PatternTester } from './pattern-tester';
import { usePolicyField } from './use-policy-field';

/** Regular expressions, one a line, which can be tried on a sample text. */
export function PatternsField({ name }: { name: StringListPath }) {
  const field = usePolicyField(name);
  const { value, onChange, onBlur, readOnly, issues, ids } = field;
  const list = useRef<HTMLUListElement>(null);
  const [editing, setEditing] = useState<number | null>(null);

  function focusLine(index: number) {
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLInputElement>('input')[index]?.focus(),
    );
  }

  function replaceAt(index: number, patterns: readonly string[]) {
    onChange([...value.slice(0, index), ...patterns, ...value.slice(index + 1)]);
  }

  function add() {
    onChange([...value, '']);
    focusLine(value.length);
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>, index: number) {
    const lines = splitList(event.clipboardData.getData('text'), 'phrases');
    if (lines.length < 2) return;
    event.preventDefault();
    const { value: before } = event.currentTarget;
    replaceAt(index, before === '' ? lines : [before, ...lines]);
    focusLine(index + lines.length - 1);
  }

  return (
    <FieldRow field={field} control="patterns" labels="group">
      <ul ref={list} className="flex flex-col gap-1.5" aria-labelledby={ids.label}>
        {value.map((pattern, index) => {
          // A line that has just been added is no fault yet.
          const begun = pattern !== '' || editing !== index;
          const fault = issues.find(({ path }) => begun && path[0] === String(index))?.message;
          const faultId = `${ids.error}-${index}`;
          return (
            <li key={index} className="flex flex-col gap-1">
              <div className="flex items-center gap-1.5">
                <Input
                  aria-label={`${field.info.title}, pattern ${index + 1}`}
                  aria-describedby={fault ? faultId : ids.help}
                  aria-invalid={fault ? true : undefined}
                  className="font-mono text-xs"
                  autoComplete="off"
                  spellCheck={false}
                  placeholder="(?i)internal use only"
                  value={pattern}
                  onChange={(event) => replaceAt(index, [event.target.value])}
                  onPaste={(event) => onPaste(event, index)}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
                    event.preventDefault();
                    add();
                  }}
                  onFocus={() => setEditing(index)}
                  onBlur={() => {
                    setEditing(null);
                    onBlur();
                  }}
                  disabled={readOnly}
                />
                {!readOnly && (
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Remove pattern ${index + 1}`}
                    className="text-muted-foreground"
                    onClick={() => {
                      replaceAt(index, []);
                      focusLine(Math.max(0, index - 1));
                    }}
                  >
                    <X />
                  </Button>
                )}
              </div>
              <FieldError id={faultId} message={fault} />
            </li>
          );
        })}
      </ul>
      {readOnly && value.length === 0 && <p className="text-sm text-muted-foreground">None</p>}
      {!readOnly && (
        <Button variant="outline" size="sm" className="w-fit" onClick={add}>
          <Plus /> Add pattern
        </Button>
      )}
      {value.length > 0 && <PatternTester name={name} patterns={value} title={field.info.title} />}
    </FieldRow>
  );
}
