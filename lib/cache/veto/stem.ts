/**
 * A light stemmer for English: plural, -ing, -ed, -ly and -er endings go, so that forms of one word
 * meet. Weaker than Porter's (1980) on purpose: what it joins must be the same word.
 */
export function stem(word: string): string {
  if (word.length <= 3 || /[^a-z]/.test(word)) return word;
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  return undouble(cut(singular(word)));
}

const IRREGULAR = new Map(
  `men:man women:woman children:child feet:foot mice:mouse teeth:tooth geese:goose people:person bought:buy sold:sell
  went:go gone:go made:make took:take taken:take wrote:write written:write ran:run began:begin begun:begin knew:know
  known:know paid:pay said:say told:tell found:find lost:lose losing:lose won:win met:meet left:leave felt:feel kept:keep slept:sleep
  spoke:speak spoken:speak broke:break broken:break chose:choose chosen:choose drove:drive driven:drive ate:eat
  eaten:eat fell:fall fallen:fall flew:fly flown:fly forgot:forget forgotten:forget gave:give given:give grew:grow
  grown:grow saw:see seen:see sent:send spent:spend stole:steal stolen:steal taught:teach thought:think
  better:better best:best dying:die died:die lying:lie tried:try tries:try studying:study studied:study studies:study
  united:united businesses:business business:business series:series species:species news:news does:do process:process
  access:access address:address class:class classes:class analyses:analysis analysis:analysis bus:bus buses:bus
  us:us this:this is:is was:was has:has always:always less:less unless:unless`
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

function singular(word: string): string {
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

/** `planning` and `plan`, `making` and `make` meet: a doubled consonant and a silent e go. */
function undouble(word: string): string {
  if (/([bdgmnprt])\1$/.test(word)) return word.slice(0, -1);
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}
