'use client';

import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
  type UniqueIdentifier,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Plus } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import type { RolePolicy } from '@/lib/policy/role-policy';
import { ChangedMark } from '../../layout/changed-mark';
import { FieldError } from '../../layout/field-error';
import { fieldInfo } from '../../model/field-info';
import { useModelSuggestions, useProviderSuggestions } from '../../suggest/use-suggestion-sources';
import { useFieldFrame } from '../use-policy-field';
import { FallbackRow } from './fallback-row';
import { targetName } from './order';

const NAME = 'resiliencePolicy.fallbackChain';
const HEADINGS = ['priority', 'provider', 'model', 'timeoutMs'] as const;

/**
 * The fallback chain as a table: order is priority. Rows move by their ↑ ↓ buttons, by Alt and an arrow
 * key, and by dragging (pointer, or Space and arrows on the handle); each move is announced.
 */
export function FallbackField() {
  const { control, getValues, setValue } = useFormContext<RolePolicy>();
  const rows = useFieldArray({ control, name: NAME });
  const chain = useFieldFrame(NAME);
  const [said, setSaid] = useState('');
  const [wanted, setWanted] = useState(false);
  const providers = useProviderSuggestions(wanted);
  const models = useModelSuggestions(wanted);
  const list = useRef<HTMLOListElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const dndId = useId();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const { readOnly, info } = chain;

  const nameAt = (index: number) => {
    const target = getValues(`${NAME}.${index}`);
    return targetName(target ?? { provider: '', model: '' }, index);
  };
  const placeOf = (id: UniqueIdentifier) => rows.fields.findIndex((row) => row.id === id);

  function renumber() {
    getValues(NAME).forEach((_, index) =>
      setValue(`${NAME}.${index}.priority`, index + 1, { shouldDirty: true }),
    );
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= rows.fields.length || from === to) return;
    const name = nameAt(from);
    const focused = document.activeElement;
    rows.move(from, to);
    renumber();
    // Browsers drop the focus of an element that is put elsewhere in the page.
    requestAnimationFrame(() => focused instanceof HTMLElement && focused.focus());
    setSaid(`${name} moved to position ${to + 1} of ${rows.fields.length}.`);
  }

  function remove(index: number) {
    const name = nameAt(index);
    rows.remove(index);
    renumber();
    setSaid(`${name} removed.`);
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLElement>('[data-remove]');
      (buttons?.[Math.min(index, buttons.length - 1)] ?? addButton.current)?.focus();
    });
  }

  function add() {
    rows.append(
      { provider: '', model: '', priority: rows.fields.length + 1, timeoutMs: 30_000 },
      { shouldFocus: false },
    );
    renumber();
    requestAnimationFrame(() =>
      list.current?.lastElementChild?.querySelector<HTMLInputElement>('input')?.focus(),
    );
  }

  function onDragEnd({ active, over }: DragEndEvent) {
    if (over) move(placeOf(active.id), placeOf(over.id));
  }

  const position = (id: UniqueIdentifier) => `position ${placeOf(id) + 1} of ${rows.fields.length}`;
  const lifted = (id: UniqueIdentifier) => `${nameAt(placeOf(id))} lifted, at ${position(id)}.`;
  const announcements: Announcements = {
    onDragStart: ({ active }) => lifted(active.id),
    onDragOver: ({ active, over }) => {
      if (!over) return undefined;
      // Lifting counts as being over oneself; saying so would cut off what was just said.
      if (over.id === active.id) return lifted(active.id);
      return `${nameAt(placeOf(active.id))} is over ${position(over.id)}.`;
    },
    onDragEnd: ({ active, over }) =>
      over ? `${nameAt(placeOf(active.id))} dropped at ${position(over.id)}.` : undefined,
    onDragCancel: ({ active }) =>
      `Moving cancelled. ${nameAt(placeOf(active.id))} is back at ${position(active.id)}.`,
  };

  return (
    <div
      data-field={NAME}
      data-control="fallback-chain"
      className="flex scroll-mt-44 flex-col gap-2 py-3.5"
    >
      <div className="flex items-center gap-2">
        <p id={chain.ids.help} className="text-xs text-muted-foreground">
          {info.description} The first one is asked when the model of the request has failed.
        </p>
        <ChangedMark name={NAME} title={info.title} />
      </div>
      {rows.fields.length > 0 && (
        <div
          aria-hidden
          className="hidden grid-cols-[1.75rem_3.25rem_minmax(0,1fr)_minmax(0,1.4fr)_9.5rem_6.25rem] gap-x-2 px-2 text-xs font-medium text-muted-foreground md:grid"
        >
          <span />
          {HEADINGS.map((key) => (
            <span key={key}>{fieldInfo(`${NAME}.*.${key}`).title}</span>
          ))}
        </div>
      )}
      <DndContext
        id={dndId}
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={onDragEnd}
        accessibility={{
          announcements,
          screenReaderInstructions: {
            draggable:
              'Press Space to lift, the arrow keys to move, Space to drop and Escape to cancel.',
          },
        }}
      >
        <SortableContext items={rows.fields} strategy={verticalListSortingStrategy}>
          <ol
            ref={list}
            aria-label={info.title}
            aria-describedby={chain.ids.help}
            onFocus={() => setWanted(true)}
            className="flex flex-col gap-1.5 empty:hidden"
          >
            {rows.fields.map((row, index) => (
              <FallbackRow
                key={row.id}
                id={row.id}
                index={index}
                count={rows.fields.length}
                providers={providers}
                models={models}
                readOnly={readOnly}
                onMove={(to) => move(index, to)}
                onRemove={() => remove(index)}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {readOnly && rows.fields.length === 0 && (
        <p className="text-sm text-muted-foreground">None</p>
      )}
      {!readOnly && (
        <Button
          ref={addButton}
          variant="outline"
          size="sm"
          className="w-fit md:self-end"
          onClick={add}
        >
          <Plus /> Add fallback provider
        </Button>
      )}
      <FieldError id={chain.ids.error} message={chain.error} />
      <span role="status" className="sr-only" data-fallback-said>
        {said}
      </span>
    </div>
  );
}
