import { faker } from '@faker-js/faker';

/** A question, and the same one in other words. */
export type Question = { text: string; again: string };

const { animal, food, location, music, person, vehicle, word } = faker.rawDefinitions;
const list = (words: readonly unknown[] | null | undefined): string[] =>
  (words ?? []).filter((each) => typeof each === 'string');

const INGREDIENTS = list(food?.['ingredient']);
const SPICES = list(food?.['spice']);
const CITIES = list(location?.['city_name']);
const COUNTRIES = list(location?.['country']);
const GENRES = list(music?.['genre']);
const PETS = [...list(animal?.['dog']), ...list(animal?.['cat']), ...list(animal?.['horse'])];
const BIRDS = list(animal?.['bird']);
const CARS = list(vehicle?.['manufacturer']);
const AREAS = list(person?.['job_area']);
const JOBS = list(person?.['job_type']);
const NOUNS = list(word?.['noun']);
const FAULTS =
  'start in the cold|charge overnight|unlock|stay cool|hold its speed|brake smoothly'.split('|');
const NEEDS = 'eat in winter|sound like at dawn|look like when young|build nests from'.split('|');

type Frame = { slots: readonly (readonly string[])[]; ask(words: readonly string[]): Question };

/** What people ask, and two ways to put each. */
const FRAMES: readonly Frame[] = [
  {
    slots: [INGREDIENTS, SPICES],
    ask: ([a, b]) => ({
      text: `How do I cook ${a} with ${b}?`,
      again: `How can I cook ${a} with ${b}?`,
    }),
  },
  {
    slots: [INGREDIENTS, CITIES],
    ask: ([a, b]) => ({
      text: `Where can I buy ${a} in ${b}?`,
      again: `Where can I purchase ${a} in ${b}?`,
    }),
  },
  {
    slots: [AREAS, JOBS, COUNTRIES],
    ask: ([a, b, c]) => ({
      text: `What is the average salary of a ${a} ${b} in ${c}?`,
      again: `What's the average pay of a ${a} ${b} in ${c}?`,
    }),
  },
  {
    slots: [GENRES, GENRES],
    ask: ([a, b]) => ({
      text: `What is the difference between ${a} and ${b}?`,
      again: `What is the difference between ${b} and ${a}?`,
    }),
  },
  {
    slots: [CITIES, CITIES],
    ask: ([a, b]) => ({
      text: `How do I get from ${a} to ${b} without a car?`,
      again: `What is the best way to get from ${a} to ${b} without a car?`,
    }),
  },
  {
    slots: [PETS, COUNTRIES],
    ask: ([a, b]) => ({
      text: `Is it legal to bring a ${a} to ${b}?`,
      again: `Is it legal to bring a ${a} into ${b}?`,
    }),
  },
  {
    slots: [CARS, FAULTS, COUNTRIES],
    ask: ([a, b, c]) => ({
      text: `Why does my ${a} not ${b} in ${c}?`,
      again: `Why doesn't my ${a} ${b} in ${c}?`,
    }),
  },
  {
    slots: [BIRDS, NEEDS],
    ask: ([a, b]) => ({ text: `What do ${a} birds ${b}?`, again: `Tell me what ${a} birds ${b}` }),
  },
  {
    slots: [NOUNS, NOUNS],
    ask: ([a, b]) => ({
      text: `Write a short poem about a ${a} and a ${b}`,
      again: `Please write me a short poem about a ${a} and a ${b}`,
    }),
  },
];

/** Different questions of many kinds, mixed: the n-th is the same in every run. */
export function questions(count: number): Question[] {
  const found = new Map<string, Question>();
  for (let turn = 0; found.size < count; turn++) {
    const frame = FRAMES[turn % FRAMES.length] as Frame;
    const question = frame.ask(wordsOf(frame, Math.floor(turn / FRAMES.length)));
    // "Between jazz and jazz" is no question; a frame that is used up repeats itself.
    if (question.text !== question.again) found.set(question.text, question);
  }
  return [...found.values()];
}

/** A prime, so that neighbours in the order have nothing in common. */
const STRIDE = 15_485_863;

function wordsOf({ slots }: Frame, turn: number): string[] {
  let rest = (turn * STRIDE) % slots.reduce((product, { length }) => product * length, 1);
  return slots.map((words) => {
    const chosen = words[rest % words.length] as string;
    rest = Math.floor(rest / words.length);
    return chosen;
  });
}

/** One letter sent with many numbers: hardly any difference to an encoder, another question each. */
export const formLetter = (at: number): Question => ({
  text: `How do I reset the password of the router for customer ${at}?`,
  again: `How can I reset the password of the router for customer ${at}?`,
});
