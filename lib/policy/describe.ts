import { MASK_CHANGED, type PolicyChange } from './diff';
import { describeValue, entriesOf, itemsOf } from './describe-value';
import { SECTION_TITLES } from './labels';
import { fieldAt, type PolicyField } from './walk';

/**
 * A change in words, as in "Budget · Daily limit: $0.00 → $50.00". Of a list it says what came and
 * went; sealed values are told only as set, removed or changed.
 */
export function describeChange(change: PolicyChange): string {
  const field = fieldAt(change.path.split('.'));
  if (!field) return `${change.path}: ${show(change.from)} → ${show(change.to)}`;
  return `${labelOfField(field)}: ${describeStep(field, change)}`;
}

/** "Prompts · Personal data · Action": section, group where there is one, and label. */
export function labelOfField(field: PolicyField): string {
  const section = SECTION_TITLES[field.section];
  const groups = field.keys.slice(1).flatMap((key) => GROUP_TITLES[key] ?? []);
  return [section, ...groups, field.title].join(' · ');
}

/** Groups within a section whose fields would be ambiguous without them. */
const GROUP_TITLES: Record<string, string> = {
  sanitize: 'Sanitising',
  injection: 'Prompt injection',
  pii: 'Personal data',
  costConfig: 'Cost',
  latencyConfig: 'Latency',
  weightedConfig: 'Weighted',
  capabilityConfig: 'Capability',
  roundRobinConfig: 'Round robin',
  retryOnTimeout: 'Retry on',
  retryOnRateLimit: 'Retry on',
  retryOnServerError: 'Retry on',
};

function describeStep(field: PolicyField, { from, to }: PolicyChange): string {
  if (field.sealed) return sealedStep(from, to);
  if (field.type === 'map') return describeEntries(field, from, to);
  if (field.type === 'list') return describeItems(from, to);
  return `${describeValue(field, from)} → ${describeValue(field, to)}`;
}

function sealedStep(from: unknown, to: unknown): string {
  if (to === '') return 'removed';
  return from === '' && to !== MASK_CHANGED ? 'set' : 'changed';
}

function describeItems(from: unknown, to: unknown): string {
  const [before, after] = [itemsOf(from), itemsOf(to)];
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  if (added.length + removed.length === 0) return `new order ${after.join(', ')}`;
  const parts = [];
  if (added.length > 0) parts.push(`added ${added.join(', ')}`);
  if (removed.length > 0) parts.push(`removed ${removed.join(', ')}`);
  return parts.join('; ');
}

/** Of a map, an entry whose value changed is told once, with both: `changed openai 70% → 50%`. */
function describeEntries(field: PolicyField, from: unknown, to: unknown): string {
  const [before, after] = [entriesOf(field, from), entriesOf(field, to)];
  const added = [...after].filter(([key]) => !before.has(key));
  const removed = [...before].filter(([key]) => !after.has(key));
  const changed = [...after].flatMap(([key, value]) => {
    const was = before.get(key);
    return was === undefined || was === value ? [] : [`${key} ${was} → ${value}`];
  });
  const parts = [];
  if (added.length > 0) parts.push(`added ${added.map((entry) => entry.join(' ')).join(', ')}`);
  if (removed.length > 0)
    parts.push(`removed ${removed.map((entry) => entry.join(' ')).join(', ')}`);
  if (changed.length > 0) parts.push(`changed ${changed.join(', ')}`);
  return parts.length > 0 ? parts.join('; ') : `new order ${[...after.keys()].join(', ')}`;
}

const show = (value: unknown) => JSON.stringify(value) ?? 'nothing';
