'use client';

import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { FieldError } from '../../layout/field-error';
import { SuggestInput } from '../../suggest/suggest-input';
import type { Suggestion } from '../../suggest/suggestions';
import { Meaning } from '../number-field';
import { NumberInput } from '../number-input';
import { usePolicyField } from '../use-policy-field';
import { targetName } from './order';

type FallbackRowProps = {
  id: string;
  index: number;
  count: number;
  providers: readonly Suggestion[];
  models: readonly Suggestion[];
  readOnly: boolean;
  onMove: (to: number) => void;
  onRemove: () => void;
};

export function FallbackRow(props: FallbackRowProps) {
  const { id, index, readOnly, onMove } = props;
  const {
    attributes,
    listeners,
    setNodeRef,
    setActivatorNodeRef,
    transform,
    transition,
    isDragging,
  } = useSortable({ id, disabled: readOnly });
  const target = `resiliencePolicy.fallbackChain.${index}` as const;
  const provider = usePolicyField(`${target}.provider`);
  const model = usePolicyField(`${target}.model`);
  const timeout = usePolicyField(`${target}.timeoutMs`);
  const priority = usePolicyField(`${target}.priority`);
  const name = targetName({ provider: provider.value, model: model.value }, index);
  const ofProvider = props.models
    .filter(({ value }) => value.startsWith(`${provider.value}/`))
    .map((entry) => ({ ...entry, value: entry.value.slice(provider.value.length + 1) }));

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || readOnly) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onMove(index + (event.key === 'ArrowUp' ? -1 : 1));
  }

  return (
    <li
      ref={setNodeRef}
      style={{
        transform: CSS.Translate.toString(transform),
        transition,
      }}
      onKeyDown={onKeyDown}
      data-fallback-row
      className={cn(
        'relative grid grid-cols-[1.75rem_minmax(0,1fr)_auto] items-start gap-y-2 rounded-md border border-border bg-card px-2 py-2',
        'md:grid-cols-[1.75rem_3.25rem_minmax(0,1fr)_minmax(0,1.4fr)_9.5rem_6.25rem] md:gap-x-2',
        isDragging && 'z-10 shadow-overlay',
      )}
    >
      {readOnly ? (
        <span />
      ) : (
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={`Drag ${name}, position ${index + 1} of ${props.count}`}
          className="flex size-7 cursor-grab touch-none items-center justify-center rounded-md text-muted-foreground hover:bg-hover active:cursor-grabbing"
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
      )}
      <span className="flex h-7 items-center text-sm font-medium tabular-nums md:justify-center">
        <span className="sr-only">Priority </span>
        {priority.value}
      </span>
      <RowButtons {...props} name={name} />
      <div className="col-span-3 grid gap-2 md:contents">
        <Cell field={provider}>
          <SuggestInput
            id={provider.ids.control}
            aria-label={`Provider of fallback ${index + 1}`}
            {...provider.aria}
            placeholder="Provider"
            listLabel="Your provider connections"
            suggestions={props.providers}
            value={provider.value}
            onChange={(value) => provider.onChange(value.trim())}
            onBlur={provider.onBlur}
            disabled={readOnly}
          />
        </Cell>
        <Cell field={model}>
          <SuggestInput
            id={model.ids.control}
            aria-label={`Model of fallback ${index + 1}`}
            {...model.aria}
            placeholder="Model"
            listLabel="Models of this provider"
            suggestions={ofProvider}
            value={model.value}
            onChange={(value) => model.onChange(value.trim())}
            onBlur={model.onBlur}
            disabled={readOnly}
          />
        </Cell>
        <Cell field={timeout}>
          <NumberInput
            id={timeout.ids.control}
            aria-label={`Timeout of fallback ${index + 1} in milliseconds`}
            {...timeout.aria}
            className="w-full"
            value={timeout.value}
            onChange={timeout.onChange}
            onBlur={timeout.onBlur}
            min={timeout.info.min}
            max={timeout.info.max}
            step={1000}
            unit={timeout.info.unit}
            disabled={readOnly}
          />
          <Meaning value={timeout.value} unit={timeout.info.unit} zeroMeansUnlimited={false} />
        </Cell>
      </div>
      <span id={provider.ids.help} className="sr-only">
        {provider.info.description}
      </span>
      <span id={model.ids.help} className="sr-only">
        {model.info.description}
      </span>
      <span id={timeout.ids.help} className="sr-only">
        {timeout.info.description}
      </span>
      {priority.error && (
        <div className="col-span-full">
          <FieldError message={priority.error} />
        </div>
      )}
    </li>
  );
}

type CellProps = {
  field: { name: string; error: string | undefined; ids: { error: string } };
  children: ReactNode;
};

function Cell({ field, children }: CellProps) {
  return (
    <div data-field={field.name} className="flex min-w-0 scroll-mt-44 flex-col gap-1">
      {children}
      <FieldError id={field.ids.error} message={field.error} />
    </div>
  );
}

function RowButtons({
  index,
  count,
  name,
  readOnly,
  onMove,
  onRemove,
}: FallbackRowProps & { name: string }) {
  if (readOnly) return <span className="md:order-last" />;
  return (
    <div className="flex justify-end gap-0.5 md:order-last">
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Move ${name} up`}
        aria-disabled={index === 0 || undefined}
        onClick={() => onMove(index - 1)}
      >
        <ArrowUp />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Move ${name} down`}
        aria-disabled={index === count - 1 || undefined}
        onClick={() => onMove(index + 1)}
      >
        <ArrowDown />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        data-remove
        aria-label={`Remove ${name}`}
        onClick={onRemove}
      >
        <X />
      </Button>
    </div>
  );
}
