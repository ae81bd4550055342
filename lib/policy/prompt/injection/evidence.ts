import { readConcepts } from './combine';
import { findConcepts } from './concepts';
import { hiddenLayers, type LayerName } from './decode';
import { foldText } from './fold';
import { EVIDENCE, FEATURES } from './rules';
import { structureOf } from './structure';
import { grade, INDEX, set } from './values';

/** What speaks for and against an attack in one text; zero where nothing does. */
export type Evidence = {
  values: Float64Array;
  folded: string;
  /** The encodings in which an instruction was hidden. */
  layers: LayerName[];
};

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
const ENCODED_IN_CLEAR = new Set<LayerName>([
  'URL encoding',
  'quoted-printable',
  'HTML entities',
  'escapes',
]);

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
