import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { packageManuals } from '../injection/documents';
import { lines } from './data';

/** Harmless texts by where they come from. */
export type Harmless = Record<string, string[]>;

const QUESTIONS = '../shared/eval/semcache/pairs.jsonl';
const PROMPTS = '../shared/eval/routing/task-types.jsonl';
const PER_KIND = 2_000;

/** Code, manuals, product numbers and dates, questions and prompts: texts that detection should leave alone. */
export function harmlessTexts(): Harmless {
  const manuals = packageManuals('measuring').flatMap((text) =>
    text.split(/\n\s*\n/).filter((part) => part.length > 40),
  );
  return {
    code: evenly(codePieces()),
    manuals: evenly(manuals),
    'numbers and dates': numbersAndDates(),
    ...(existsSync(QUESTIONS)
      ? { questions: evenly(lines<{ a: string }>(QUESTIONS).map(({ a }) => a)) }
      : {}),
    ...(existsSync(PROMPTS)
      ? {
          prompts: evenly(
            lines<Record<string, string>>(PROMPTS).map((row) => row.text ?? row.prompt ?? ''),
          ),
        }
      : {}),
  };
}

/** Pieces of twenty lines of the libraries' own code. */
function codePieces(): string[] {
  const root = 'node_modules';
  return [
    'zod',
    'undici/lib',
    'pino/lib',
    'pg/lib',
    'cmdk',
    'next/dist/server/lib',
    'undici/lib/core',
    'undici/lib/web/fetch',
  ]
    .map((folder) => `${root}/${folder}`)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /\.(?:c?js|ts|md)$/.test(name))
        .flatMap((name) => piecesOf(readFileSync(`${folder}/${name}`, 'utf8'), 20)),
    );
}

function piecesOf(text: string, size: number): string[] {
  const all = text.split('\n');
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size).join('\n'),
  ).filter((piece) => piece.trim().length > 80 && piece.length < 5_000);
}

/** What looks like personal data and is none, in sentences around pseudo-random numbers (a fixed sequence). */
function numbersAndDates(): string[] {
  let state = 42;
  const digits = (count: number) =>
    Array.from({ length: count }, () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * 10);
    }).join('');
  const templates = [
    () =>
      `The part number is ${digits(4)}-${digits(4)} and it ships on 2024-0${1 + (Number(digits(1)) % 9)}-1${digits(1)}.`,
    () => `Order ${digits(10)} contains SKU-${digits(6)} twice.`,
    () => `Version ${digits(1)}.${digits(2)}.${digits(1)}.${digits(2)} fixes the crash.`,
    () =>
      `The Winter Conference in Northern Europe had ${digits(4)} visitors on March 1${digits(1)}, 2023.`,
    () => `ISBN 978-${digits(1)}-${digits(4)}-${digits(4)}-${digits(1)}, second edition`,
    () => `Tracking number ${digits(12)} was scanned at 14:${digits(2)}.`,
    () => `Build ${digits(8)} of Windows Server passed ${digits(3)} of ${digits(3)} tests.`,
    () =>
      `The Central Bank raised rates by 0.${digits(2)} percent; the Dow Jones Index fell to ${digits(5)}.`,
    () => `commit ${digits(5)}abcdef${digits(6)}abcdef${digits(10)}abcdef1234567`,
    () =>
      `Invoice INV-${digits(8)}: total 1,${digits(3)}.${digits(2)} EUR, due 01.0${1 + (Number(digits(1)) % 9)}.2025`,
    () =>
      `const timeout = ${digits(13)}; const id = "${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}";`,
    () => `Room ${digits(3)}, Building ${digits(2)}: open 08:00-17:30 from Monday to Friday.`,
    () => `Pi is 3.14159265358979${digits(6)} and Avogadro's number is 6.02214076e23.`,
    () => `At 52.${digits(6)}, 13.${digits(6)} the temperature was ${digits(2)} degrees.`,
    () => `Model XR-${digits(4)}-B replaces Model XR-${digits(4)}-A in the Spring Catalogue.`,
  ];
  return Array.from({ length: 600 }, (_, index) => templates[index % templates.length]?.() ?? '');
}

function evenly(texts: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(texts.length / PER_KIND));
  return texts.filter((_, index) => index % step === 0).slice(0, PER_KIND);
}
