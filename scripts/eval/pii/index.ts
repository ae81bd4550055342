import { detectPii } from '@/lib/pii/detect';
import { PII_ENTITIES, DEFAULT_PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';
import { developmentRows, type Labelled } from './data';
import { harmlessTexts } from './harmless';
import { add, ratesOf, strictCounts, tokenCounts, total, type Counts } from './score';
import { syntheticRows } from './synthetic';

/**
 * `npm run eval:pii`: precision, recall, F1 and F2 by entity, strict (entity and both ends right) and by word, on
 * the development rows and on generated ones; and of how many harmless texts something would be altered.
 * `--errors` lists what was missed and what was found too much.
 */
const ALL = new Set<PiiEntity>(PII_ENTITIES);
const showErrors = process.argv.includes('--errors');

for (const [name, rows] of [
  ['development rows', developmentRows()],
  ['generated rows', syntheticRows()],
] as const)
  report(name, rows);

const usual = new Set<PiiEntity>(DEFAULT_PII_ENTITIES);
console.log('\n| harmless texts | texts | altered, default entities | altered, all entities |');
console.log('|---|---:|---:|---:|');
for (const [kind, texts] of Object.entries(harmlessTexts())) {
  const altered = (entities: ReadonlySet<PiiEntity>) => {
    const hit = texts.filter((text) => detectPii(text, entities).length > 0);
    return `${((100 * hit.length) / texts.length).toFixed(2)} %`;
  };
  console.log(`| ${kind} | ${texts.length} | ${altered(usual)} | ${altered(ALL)} |`);
  if (!showErrors) continue;
  for (const text of texts)
    for (const { entity, start, end, reason } of detectPii(text, ALL))
      console.log(
        `  ${kind}: ${entity} ${JSON.stringify(text.slice(Math.max(0, start - 30), start))} >>${JSON.stringify(text.slice(start, end))}<< ${reason}`,
      );
}

function report(name: string, rows: readonly Labelled[]): void {
  const strict = new Map<PiiEntity, Counts>();
  const token = new Map<PiiEntity, Counts>();
  for (const { text, spans } of rows) {
    const found = detectPii(text, ALL);
    add(strict, strictCounts(spans, found));
    add(token, tokenCounts(text, spans, found));
    if (showErrors) printErrors(text, spans, found);
  }
  console.log(`\n${name}: ${rows.length}\n`);
  console.log('| entity | spans | strict P | R | F1 | F2 | by word P | R | F1 | F2 |');
  console.log(`|---|${'---:|'.repeat(9)}`);
  for (const entity of PII_ENTITIES)
    if (strict.has(entity)) printRow(entity, strict.get(entity), token.get(entity));
  printRow('all together', total(strict.values()), total(token.values()));
}

function printRow(name: string, strict?: Counts, token?: Counts): void {
  const none = { tp: 0, fp: 0, fn: 0 };
  const cells = [strict ?? none, token ?? none].flatMap((counts) =>
    Object.values(ratesOf(counts)).map((rate) => rate.toFixed(3)),
  );
  const spans = (strict?.tp ?? 0) + (strict?.fn ?? 0);
  console.log(`| ${[name, spans, ...cells].join(' | ')} |`);
}

function printErrors(text: string, gold: Labelled['spans'], found: Labelled['spans']): void {
  const missing = (from: Labelled['spans'], other: Labelled['spans']) =>
    from.filter(
      (a) => !other.some((b) => a.entity === b.entity && a.start === b.start && a.end === b.end),
    );
  const shown = ({ entity, start, end }: Labelled['spans'][number]) =>
    `${entity}:${JSON.stringify(text.slice(start, end))}`;
  const missed = missing(gold, found).map(shown);
  const surplus = missing(found, gold).map(shown);
  if (missed.length + surplus.length > 0)
    console.log(
      `${JSON.stringify(text.slice(0, 240))}\n   missed ${missed.join(' ')}\n   surplus ${surplus.join(' ')}`,
    );
}
