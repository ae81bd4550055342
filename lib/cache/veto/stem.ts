/**
 * A light stemmer for English: plural, -ing, -ed, -ly and -er endings go, so that forms of one word
 * meet. Weaker than Porter's (1980) on purpose: what it joins must be the same word.
 */
export function stem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (word.length <= 3 || /[^a-z]/.test(word)) return word;
  const whole = singular(american(word));
  const root = cut(whole);
  return root === whole ? withoutE(root) : restored(root);
}

/** British spellings as the American ones: `organise`, `analyse`, `behaviour`. */
const american = (word: string): string =>
  word
    .replace(/([a-z]{3}i|y)s(e[ds]?|ing|ations?)$/, '$1z$2')
    .replace(/([a-z]{3})our(s?)$/, '$1or$2');

const IRREGULAR = new Map(
  `men:man women:woman children:child feet:foot mice:mouse teeth:tooth geese:goose people:person bought:buy sold:sell
  went:go gone:go made:make took:take taken:take wrote:write written:write ran:run began:begin begun:begin knew:know
  known:know paid:pay said:say told:tell found:find lost:lose losing:lose won:win left:leave felt:feel kept:keep slept:sleep
  spoke:speak spoken:speak broke:break broken:break chose:choose chosen:choose drove:drive driven:drive ate:eat
  eaten:eat fell:fall fallen:fall flew:fly flown:fly forgot:forget forgotten:forget gave:give given:give grew:grow
  grown:grow saw:see seen:see sent:send spent:spend stole:steal stolen:steal taught:teach thought:think
  better:better best:best dying:die died:die lying:lie tried:try tries:try studying:study studied:study studies:study
  united:united businesses:business business:business series:series species:species news:news does:do process:process
  access:access address:address class:class classes:class analyses:analysis analysis:analysis bus:bus buses:bus
  cancelled:cancel cancelling:cancel travelled:travel travelling:travel traveller:traveler labelled:label labelling:label
  modelled:model modelling:model heard:hear became:become met:meet
  us:us this:this is:is was:was has:has always:always less:less unless:unless`
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

const OF_IE = /^(?:brown|calor|cook|gen|hood|mov|p|prair|rook|self|t|vegg|zomb)ies$/;

function singular(word: string): string {
  if (OF_IE.test(word)) return word.slice(0, -1);
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function cut(word: string): string {
  for (const [ending, shortest] of [
    ['ing', 6],
    ['ied', 5],
    ['ed', 5],
    ['ly', 6],
  ] as const) {
    if (!word.endsWith(ending) || word.length < shortest) continue;
    const rest = word.slice(0, -ending.length);
    if (!/[aeiouy]/.test(rest)) continue;
    return ending === 'ied' ? `${rest}y` : rest;
  }
  return word;
}

/** What an ending has changed: `planning` is of `plan`, `making` of `make` (Porter's step 1b). */
function restored(root: string): string {
  if (root.length > 3 && /([bdgmnprt])\1$/.test(root)) return root.slice(0, -1);
  return /^[^aeiouy][aeiou][^aeiouwxy]$/.test(root) ? `${root}e` : withoutE(root);
}

/** A silent e goes, except from words so short that another word would be left: `site`, `sit`. */
const withoutE = (word: string): string =>
  word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
