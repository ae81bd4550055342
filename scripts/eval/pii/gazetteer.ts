import { writeFileSync } from 'node:fs';
import { allLocales } from '@faker-js/faker';
import { createRequire } from 'node:module';
import { fold } from '@/lib/pii/detect/words';
import { packageManuals } from '../injection/documents';

/**
 * `npx tsx scripts/eval/pii/gazetteer.ts` writes lib/pii/detect/gazetteer.ts: given names and surnames of faker's
 * locales (MIT) as they are written in Latin letters, and which of them are also English words or places, so that
 * they prove nothing by themselves. The same data and lock file give the same lists.
 */
const NAME = /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’]{2,13}$/u;
/** Names of these are places to most readers. */
const KNOWN_PLACES = 'paris london florence sydney adelaide victoria chelsea lincoln washington houston austin dallas phoenix charlotte orlando savannah madison jackson san los las santa israel berlin vienna milan verona siena lourdes salem troy athens'.split(' '); // prettier-ignore
/** Not names to most readers, though somebody is called so. */
const NO_NAMES = 'baby princess claude yoga darwin iban jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri sat sun unknown general major star prince king queen love lovely happy lucky rio summer hang golden diamond crystal doctor'.split(' '); // prettier-ignore

type Entry = string | { value: string };
const valuesOf = (list: unknown): string[] =>
  Array.isArray(list)
    ? (list as Entry[]).map((entry) => (typeof entry === 'string' ? entry : entry.value))
    : [];

const given = new Set<string>();
const surnames = new Set<string>();
const places = new Set<string>();
for (const locale of Object.values(allLocales)) {
  const { person = {}, location = {} } = locale;
  for (const list of Object.values(person.first_name ?? {})) collect(given, valuesOf(list));
  for (const list of Object.values(person.last_name ?? {})) collect(surnames, valuesOf(list));
  for (const list of [location.country, location.state])
    for (const place of valuesOf(list)) places.add(fold(place));
}
/** Words that manuals write in lower case are words of the language, whoever may be called so. */
const written = new Set(
  packageManuals('training').flatMap(
    (text) => text.match(/(?<![\p{L}\p{N}_.@/$-])\p{Ll}{3,}(?![\p{L}\p{N}_/(-])/gu) ?? [],
  ),
);
const dictionary = new Set(createRequire(import.meta.url)('an-array-of-english-words') as string[]);
const isWord = (name: string) => places.has(name) || (written.has(name) && dictionary.has(name));

for (const place of KNOWN_PLACES) places.add(place);
for (const name of NO_NAMES) [given, surnames].forEach((names) => names.delete(name));

const sorted = (names: Iterable<string>) => [...names].sort();
const plain = sorted([...given].filter((name) => !isWord(name)));
const doubtful = sorted([...given].filter(isWord));
const family = sorted([...surnames].filter((name) => !isWord(name)));
const file = [
  '/** Written by scripts/eval/pii/gazetteer.ts from the locales of @faker-js/faker (MIT); not to be edited. */',
  `export const GIVEN_NAMES = ${JSON.stringify(plain.join(' '))};`,
  '/** Given names that are also words or places. */',
  `export const DOUBTFUL_GIVEN_NAMES = ${JSON.stringify(doubtful.join(' '))};`,
  `export const SURNAMES = ${JSON.stringify(family.join(' '))};`,
  '',
].join('\n');
writeFileSync('lib/pii/detect/gazetteer.ts', file);
console.log({
  given: plain.length,
  doubtful: doubtful.length,
  surnames: family.length,
  bytes: file.length,
});

function collect(into: Set<string>, names: readonly string[]): void {
  for (const name of names)
    for (const part of name.split(/[\s-]+/)) if (NAME.test(part)) into.add(fold(part));
}
