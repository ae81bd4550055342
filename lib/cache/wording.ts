/**
 * A question without what does not belong to it. To an encoder a missing question mark may weigh more than
 * another subject.
 */

/** A question's first word: what comes before it was a greeting. */
const BEGINS = String.raw`(?:who|what|which|when|where|why|how|can|could|would|will|do|does|did|is|are|am|may|should|i|my|we|our|there|please)\b`;
const GREETING = new RegExp(
  String.raw`^(?:(?:hi|hello|hey|ok|okay|so|well)(?: (?:there|team|all|everyone|everybody))?(?:\s*[,.!]+\s+|\s+(?=${BEGINS}))|(?:please|kindly),? )`,
  'i',
);
const TELL_ME =
  /^(?:(?:(?:can|could|would|will) you (?:please |kindly )?)?(?:tell me|let me know|explain to me)(?: about)?|i (?:want|need|would like) to know(?: about)?|i wonder|i (?:am|was) wondering|do you know|does anyone know) (?=\w)/i;
/** An order in the form of a question. */
const ORDER =
  /^(?:can|could|would|will) you (?:(?:please|kindly) |(?=(?:calculate|check|classify|compare|compose|convert|correct|create|draft|explain|extract|find|fix|generate|give|help|list|make|paraphrase|proofread|recommend|rephrase|review|rewrite|shorten|show|suggest|summari[sz]e|translate|write)\b))/i;
/** Not what is quoted, nor what is to be translated or said. */
const THANKS =
  /(?<![:"'»”]|\b(?:say|saying|word|term|mean|write|spell))\s*[,.!?]?\s+(?:please|thanks|thank you|thx|cheers|many thanks|thanks in advance|thank you in advance)\s*[.!?]*$/i;
const SET_OFF = /,\s*(?:please|kindly)(?=\s*[:.,!?])/gi;

/** Without greeting, courtesies and "can you tell me"; as it is when nothing else is left. */
export function withoutCourtesies(text: string): string {
  let rest = text.trim().replace(SET_OFF, '');
  for (const pattern of [GREETING, GREETING, TELL_ME, ORDER, GREETING, THANKS]) {
    rest = rest.replace(pattern, '');
  }
  return /[\p{L}\d]/u.test(rest) ? rest.trim() : text.trim();
}

const WRITTEN_OUT: readonly (readonly [RegExp, string])[] = [
  [/\b(can't|cannot)\b/gi, 'can not'],
  [/\bwon't\b/gi, 'will not'],
  [/n't\b/gi, ' not'],
  [/(?<=[a-z])'re\b/gi, ' are'],
  [/(?<=[a-z])'ve\b/gi, ' have'],
  [/(?<=[a-z])'ll\b/gi, ' will'],
  [/(?<=[a-z])'m\b/gi, ' am'],
  [/(?<=[a-z])'d\b/gi, ' would'],
  [/\b(what|who|where|when|how|why|it|he|she|that|there|here|let)'s\b/gi, '$1 is'],
];

/** `don't` is `do not`, `what's` is `what is`; what may be a possessive stays. */
export function writtenOut(text: string): string {
  let long = text.replace(/[’‘]/g, "'");
  for (const [short, words] of WRITTEN_OUT) long = long.replace(short, words);
  return long;
}

/**
 * How a question is shown to the encoder: without courtesies and quotation marks, short forms written
 * out, always with a question mark. Stored vectors are of this; whoever changes it makes them useless.
 */
export function wordingOf(question: string): string {
  const text = writtenOut(withoutCourtesies(question.normalize('NFKC').replace(/[’‘]/g, "'")));
  const bare = text
    .replace(/["“”„«»`]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s.?!…]+$/, '')
    .trim();
  return `${bare || question.trim()}?`;
}
