import { SECTION_TITLES } from '@/lib/policy/labels';
import { POLICY_KINDS, type PolicyKind } from '@/lib/policy/role-policy';
import { policyFields, type PolicyField } from '@/lib/policy/walk';
import { SECTION_NOTES } from './policy-reference-notes';

const INTRODUCTION = `# Policy reference

A role's policy is one JSON document of eight sections. Every field may be left out and then has its
default; \`{}\` is valid and means that every section is off. A section whose \`enabled\` is false has no
effect, whatever its other fields say. Unknown keys are refused. The document's JSON Schema is served
at \`/api/policy.schema.json\`.

Model lists take \`provider/model\`, where the provider is a connection's name, a bare model name, or
either with \`*\` for any run of characters. A bare name covers the model at every provider. A name
with a slash is also read as a model id that contains one, such as \`meta-llama/llama-3\`, unless it begins
with the name of a provider kind; where a list forbids something, both readings count. Case is ignored.

Patterns are RE2 regular expressions: no look-around and no back-references, in exchange for matching
in time linear in the text.

<!-- The tables are generated from the schemas in lib/policy by \`npm run docs\`. -->
`;

/** The whole page, from the schemas and the notes beside them. */
export function renderPolicyReference(): string {
  return `${[INTRODUCTION, ...POLICY_KINDS.map(renderSection)].join('\n')}`;
}

function renderSection(section: PolicyKind): string {
  const fields = policyFields().filter((field) => field.section === section);
  const nested = fields.filter((field) => Array.isArray(field.entry));
  return [
    `## ${SECTION_TITLES[section]}: \`${section}\`\n`,
    renderTable(fields, 1),
    ...nested.map((field) => renderEntries(field)),
    `${SECTION_NOTES[section].trim()}\n`,
  ].join('\n');
}

function renderEntries(field: PolicyField): string {
  const entries = Array.isArray(field.entry) ? field.entry : [];
  const each = field.type === 'map' ? 'value' : 'entry';
  return `Each ${each} of \`${field.keys.at(-1)}\`:\n\n${renderTable(entries, field.keys.length + 1)}`;
}

function renderTable(fields: readonly PolicyField[], depth: number): string {
  const rows = fields.map((field) => [
    `\`${field.keys.slice(depth).join('.')}\``,
    typeOf(field),
    defaultOf(field),
    boundsOf(field),
    field.unit ?? '',
    `${field.title}. ${field.description}${field.sealed ? ' Never shown in diffs.' : ''}`,
  ]);
  const head = ['Field', 'Type', 'Default', 'Bounds', 'Unit', 'What it does'];
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(escapeCell).join(' | ')} |`,
  );
  return `${lines.join('\n')}\n`;
}

function typeOf({ type, values, entry }: PolicyField): string {
  const choices = values?.map((value) => `\`${value}\``).join(', ');
  if (type === 'enum') return `one of ${choices}`;
  const item = Array.isArray(entry)
    ? 'objects'
    : PLURALS[(entry as { type: string } | undefined)?.type ?? ''];
  if (type === 'list') return choices ? `list of ${choices}` : `list of ${item}`;
  if (type === 'map') return choices ? `map from ${choices} to ${item}` : `map to ${item}`;
  return type;
}

const PLURALS: Record<string, string> = {
  string: 'strings',
  enum: 'values',
  integer: 'integers',
  number: 'numbers',
  list: 'lists of strings',
};

function defaultOf(field: PolicyField): string {
  return field.default === undefined ? 'required' : `\`${JSON.stringify(field.default)}\``;
}

function boundsOf({ min, max, maxItems, maxLength }: PolicyField): string {
  const bounds = [];
  if (min !== undefined && max !== undefined) bounds.push(`${plain(min)} to ${plain(max)}`);
  if (maxItems !== undefined) bounds.push(`at most ${plain(maxItems)} entries`);
  if (maxLength !== undefined) bounds.push(`at most ${plain(maxLength)} characters`);
  return bounds.join(', ');
}

const plain = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 10 });
const escapeCell = (cell: string) => cell.replaceAll('|', '\\|');
