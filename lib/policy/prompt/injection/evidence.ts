import { bitOf, findConcepts, type Hit } from './concepts';
import { hiddenLayers, type LayerName } from './decode';
import { foldText } from './fold';
import { CONCEPTS, type Concept } from './lexicon';
import { EVIDENCE, FEATURES, PAIRS, type Feature } from './rules';
import { structureOf } from './structure';

/** What speaks for and against an attack in one text; zero where nothing does. */
export type Evidence = {
  values: Float64Array;
  folded: string;
  /** The encodings in which an instruction was hidden. */
  layers: LayerName[];
};

const INDEX = Object.fromEntries(FEATURES.map((feature, index) => [feature, index])) as Record<
  Feature,
  number
>;
const FAR = -1000;

/** Gathers the evidence of one window of text, and of what is encoded in it. Linear. */
export function gatherEvidence(raw: string): Evidence {
  const { text: folded, invisible, mixedWords } = foldText(raw);
  const values = plainEvidence(folded);
  if (standsInQuotes(folded, values)) set(values, 'attackQuoted', 1);
  set(values, 'invisible', grade(invisible, 3));
  set(values, 'mixedScript', grade(mixedWords, 1));
  set(values, 'shouted', shoutedInsert(raw) ? 1 : 0);
  set(values, 'capitals', capitalRun(raw) ? 1 : 0);
  const layers: LayerName[] = [];
  for (const layer of hiddenLayers(raw, folded)) {
    if (layer.name === 'spaced letters') set(values, 'spacedLetters', 1);
    if (layer.name === 'tag characters') set(values, 'tagText', 1);
    const inner = plainEvidence(foldText(layer.text).text);
    if (!addsTo(values, inner)) continue;
    layers.push(layer.name);
    inner.forEach((value, index) => (values[index] = Math.max(values[index] ?? 0, value)));
    set(values, ENCODED_IN_CLEAR.has(layer.name) ? 'escapedAttack' : 'hiddenAttack', 1);
  }
  if (!SPEAKING_INDEXES.some((index) => values[index])) {
    set(values, 'nothing', 1);
    set(values, 'brief', briefness(raw.length));
  }
  return { values, folded, layers };
}

/** 1 for a word or two, 0 from a long sentence on: a greeting has too few n-grams to prove anything. */
function briefness(chars: number): number {
  return Math.max(0, 1 - chars / BRIEF_CHARS);
}
const BRIEF_CHARS = 80;

/** A quotation in a question or a talk about it; longer texts quote too much to be about one. */
const QUOTED = /["“„«「『][^"”“»」』\n]{4,120}["”“»」』]/g;
const QUOTING_CHARS = 400;

/** Whether nothing is left of an attack once what stands in quotation marks is taken out. */
function standsInQuotes(folded: string, values: Float64Array): boolean {
  if (folded.length > QUOTING_CHARS || !isStrong(values)) return false;
  if (!values[INDEX.question] && !values[INDEX.discussion]) return false;
  const around = folded.replace(QUOTED, ' x ');
  return around !== folded && !isStrong(plainEvidence(around));
}

const isStrong = (values: Float64Array) => ATTACK_INDEXES.some((index) => (values[index] ?? 0) > 0);

/** A run of capital words within prose in ordinary letters: an order to somebody else than its reader. */
const SHOUTED =
  /\b(?:IGNORE|FORGET|DISREGARD|OUTPUT|SAY|PRINT|ANSWER|REPEAT|PROMPT|INSTRUCTIONS?|VERGISS|IGNORIERE|ANTWORTE|DU BIST|YOU ARE|YOU MUST|OLVIDA|OUBLIE)[ ,'!:]{1,3}(?:[A-Z]{2,20}[ ,'!"?]{1,3}){2}/;
function shoutedInsert(raw: string): boolean {
  return SHOUTED.test(raw) && /[a-z]{3,} [a-z]{2,}/.test(raw);
}

/** Four words in capitals in a row within prose. */
const CAPITALS = /(?:\b\p{Lu}{2,20}['’]?\p{Lu}{0,3}[ ,!:]{1,3}){4}/u;
function capitalRun(raw: string): boolean {
  return CAPITALS.test(raw) && /[a-z]{3,} [a-z]{2,}/.test(raw);
}

/** Markup that honest text is full of; what else is decoded nobody writes without a purpose. */
const ENCODED_IN_CLEAR = new Set<LayerName>(['URL encoding', 'HTML entities', 'escapes']);

/** A reading counts when it holds an attack that the text itself does not show. */
function addsTo(values: Float64Array, inner: Float64Array): boolean {
  return ATTACK_INDEXES.some((index) => (inner[index] ?? 0) > (values[index] ?? 0));
}
const ATTACK_INDEXES = (
  [
    'overridePrior', 'overrideInstruction', 'overrideEverything', 'overrideAllPrior', 'overrideLast', 'revealSystem', 'revealPrior',
    'revealSecret', 'personaUnrestricted', 'newTaskPersona', 'templateTokens', 'forgedRoles',
  ] as const
).map((feature) => INDEX[feature]); // prettier-ignore

/** What has a reason; only wording speaks where none of it was found. */
const SPEAKING_INDEXES = FEATURES.filter((feature) => EVIDENCE[feature][1] !== '').map(
  (feature) => INDEX[feature],
);

function plainEvidence(folded: string): Float64Array {
  const values = new Float64Array(FEATURES.length);
  readConcepts(findConcepts(folded), values);
  const form = structureOf(folded);
  set(values, 'templateTokens', grade(form.templateTokens, 1));
  set(values, 'forgedRoles', grade(form.forgedRoles, 1));
  set(values, 'manyShot', form.chatTurns >= 12 ? 1 : 0);
  set(values, 'breaks', grade(form.breaks, 1));
  set(values, 'imageExfiltration', grade(form.imageExfiltration, 1));
  set(values, 'hiddenMarkup', grade(form.hiddenMarkup, 1));
  set(values, 'question', form.question);
  set(values, 'placeholder', grade(form.placeholders, 1));
  set(values, 'modeTag', grade(form.modes, 2));
  set(values, 'speakerTags', grade(form.speakerTags, 2));
  if (isStrong(values)) {
    set(values, 'attackInQuestion', form.question);
    set(values, 'attackInCode', form.code >= 3 ? 1 : 0);
    if (form.hiddenMarkup > 0) set(values, 'attackInMarkup', 1);
    if (form.forgedRoles + form.templateTokens + form.breaks > 0)
      set(values, 'attackAfterBreak', 1);
  }
  return values;
}

/** Reads the concepts in order; `last` is where each was seen last, in words. */
function readConcepts(hits: readonly Hit[], values: Float64Array): void {
  const last = new Float64Array(CONCEPTS.length).fill(FAR);
  const counts = new Float64Array(CONCEPTS.length);
  const seen = (concept: Concept) => last[SLOT[concept]] ?? FAR;
  let discussedAttack = false;
  let attacks = 0;
  let commanded = 0;
  let verbOpens = false;
  let lifted = FAR;
  for (const [position, { mask: found, at, opens }] of hits.entries()) {
    let mask = found;
    if (mask & OVERRIDES && isNegated(hits, position, at, seen('negation'))) {
      mask &= ~OVERRIDES;
      bump(values, 'negatedOverride');
    }
    const has = (concept: Concept) => (mask & bitOf[concept]) !== 0;
    const before = (concept: Concept, words: number) => at - seen(concept) <= words;

    // A word may be several things at once; those of one place do not stand before each other.
    if (has('instruction') || has('systemPrompt')) {
      const verb = seen('override');
      const diverted = seen('harmlessObject') > verb && !has('systemPrompt');
      const points = Math.max(seen('prior'), seen('everything'));
      if (at - verb <= 10 && !diverted) {
        const named = points >= verb || has('prior') || nextIs(hits, position, at, PRIOR, 4);
        bump(values, named || has('systemPrompt') ? 'overridePrior' : 'overrideInstruction');
        attacks += 1;
        lifted = at;
        if (verbOpens) commanded += 1;
        if (before('discussion', 14)) discussedAttack = true;
      }
      if (before('overrideTold', 7) && points >= seen('overrideTold')) bump(values, 'overrideTold');
      if (before('reveal', 9) && seen('harmlessObject') < seen('reveal')) {
        if (has('systemPrompt')) bump(values, 'revealSystem');
        else if (points >= seen('reveal') || nextIs(hits, position, at, PRIOR, 4))
          bump(values, 'revealPrior');
        if (before('discussion', 14)) discussedAttack = true;
      }
    }
    if (has('limit') && !has('instruction') && before('override', 6)) {
      const points = Math.max(seen('prior'), seen('everything')) >= seen('override');
      if (seen('harmlessObject') < seen('override') && points) {
        bump(values, 'overrideLimit');
        attacks += 1;
        if (verbOpens) commanded += 1;
      }
    }
    if (has('reveal') && before('systemPrompt', 5)) bump(values, 'revealSystem');
    if ((has('prior') || has('everything')) && before('override', 3)) {
      const all = has('prior') && before('everything', 3) && seen('everything') > seen('override');
      const told = has('everything') && nextIs(hits, position + 1, at, bitOf.prior, 3);
      const diverted = nextIsHarmless(hits, position, at);
      if (seen('harmlessObject') < seen('override') && !diverted)
        bump(values, all || told ? 'overrideAllPrior' : 'overrideEverything');
      attacks += 1;
      if (verbOpens || all || told) commanded += 1;
      lifted = at;
    }
    if (has('everything') && before('reveal', 3) && nextIs(hits, position + 1, at, bitOf.prior, 3))
      bump(values, 'revealAbove');
    if (has('overrideLast') && before('instruction', 5)) {
      const named = before('prior', 9) || before('everything', 9) || before('systemPrompt', 5);
      bump(values, named ? 'overrideLast' : 'overrideInstruction');
      attacks += 1;
      commanded += 1;
      if (before('discussion', 14)) discussedAttack = true;
    }
    if (
      has('lapsed') &&
      (before('instruction', 7) || before('limit', 5) || before('systemPrompt', 7))
    ) {
      bump(values, 'rulesLapsed');
      attacks += 1;
      commanded += 1;
    }
    if (isMakersRule(at, mask, seen)) {
      bump(values, 'makerRules');
      if (before('reveal', 16) || nextIs(hits, position, at, bitOf.reveal, 8))
        bump(values, 'revealMaker');
      if (before('override', 10) || nextIs(hits, position, at, bitOf.overrideLast, 8))
        bump(values, 'overrideMaker');
    }
    if (has('harmlessObject') && before('override', 4)) bump(values, 'overrideHarmless');
    if (has('secret') && before('reveal', 5)) bump(values, 'revealSecret');
    if (has('payload') && at > lifted && at - lifted <= 6) bump(values, 'overrideAndNewTask');
    for (const { feature, first, second, words } of PAIRS)
      if (has(second) && before(first, words)) bump(values, feature);

    if (has('override')) verbOpens = opens;
    for (let slot = 0, bits = mask; bits !== 0; slot++, bits >>>= 1) {
      if ((bits & 1) === 0) continue;
      last[slot] = at;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  for (const [feature, concept, many] of COUNTED)
    set(values, feature, grade(counts[SLOT[concept]] ?? 0, many));
  if (attacks > 0 && commanded === 0) set(values, 'overrideWithin', 1);
  if (discussedAttack) set(values, 'discussedAttack', 1);
  if (counts[SLOT.unrestricted] && counts[SLOT.noRefusal] && counts[SLOT.persona])
    set(values, 'jailbreakKit', 1);
  if (counts[SLOT.newTask] && attacks > 0) set(values, 'overrideAndNewTask', 1);
}

const COUNTED: readonly [Feature, Concept, number][] = [
  ['unrestricted', 'unrestricted', 4],
  ['noRefusal', 'noRefusal', 4],
  ['newTask', 'newTask', 2],
  ['persona', 'persona', 3],
  ['addressed', 'addressed', 2],
  ['assistant', 'assistant', 4],
  ['systemPrompt', 'systemPrompt', 2],
  ['encoding', 'encoding', 2],
  ['discussion', 'discussion', 3],
  ['lock', 'lock', 3],
  ['dark', 'dark', 4],
  ['refusalTalk', 'refusalTalk', 3],
  ['twoVoices', 'twoVoices', 2],
  ['authority', 'authority', 2],
  ['harm', 'harm', 3],
];
const SLOT = Object.fromEntries(CONCEPTS.map((concept, index) => [concept, index])) as Record<
  Concept,
  number
>;
const OVERRIDES = bitOf.override | bitOf.overrideLast;
const PRIOR = bitOf.prior | bitOf.everything;

/** An instruction beside the one who gave it: what the developer told you. */
function isMakersRule(at: number, mask: number, seen: (concept: Concept) => number): boolean {
  const rule = Math.max(seen('instruction'), seen('systemPrompt'));
  if (mask & bitOf.maker) return at - rule <= 8 || (mask & bitOf.instruction) !== 0;
  return (mask & bitOf.instruction) !== 0 && at - seen('maker') <= 6;
}

/** Do not forget, n'oublie pas, vergiss nicht, 不要忘记. */
function isNegated(hits: readonly Hit[], position: number, at: number, negation: number): boolean {
  const own = hits[position];
  if (at - negation <= 2 && at > negation) return true;
  if (own && own.mask & bitOf.negation && own.mask & bitOf.overrideLast) return true;
  const next = hits[position + 1];
  return next !== undefined && next.at - at === 1 && (next.mask & bitOf.negation) !== 0;
}

/** Forget my previous question, ignore all earlier drafts: the object comes behind, and it is no instruction. */
function nextIsHarmless(hits: readonly Hit[], position: number, at: number): boolean {
  const rules = bitOf.instruction | bitOf.systemPrompt | bitOf.limit;
  return (
    nextIs(hits, position, at, bitOf.harmlessObject, 2) && !nextIs(hits, position, at, rules, 3)
  );
}

function nextIs(hits: readonly Hit[], from: number, at: number, mask: number, words: number) {
  for (let index = from; index < hits.length; index++) {
    const hit = hits[index];
    if (!hit || hit.at - at > words) return false;
    if (hit.mask & mask) return true;
  }
  return false;
}

/** Grows with a count, quickly at first: 0, then towards 1 at `many`. */
function grade(count: number, many: number): number {
  return count === 0 ? 0 : Math.min(1, Math.log1p(count) / Math.log1p(many));
}

function set(values: Float64Array, feature: Feature, value: number): void {
  values[INDEX[feature]] = Math.max(values[INDEX[feature]] ?? 0, value);
}

function bump(values: Float64Array, feature: Feature): void {
  values[INDEX[feature]] = values[INDEX[feature]] ? 1 : 0.75;
}
