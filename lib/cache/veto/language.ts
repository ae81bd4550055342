import { MONTHS, SPELT_NUMBERS } from './lexicon/quantities';
import { COMMON_ENGLISH, FUNCTION_WORDS } from './lexicon/word-weights';

/**
 * Whether a text is in the language that the encoder knows, English. One that may be another gets exact
 * matching only, so doubt counts against it: there has to be evidence for English, and more of it than
 * for any language that shares its letters.
 */
export function isEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return false;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin < 0.8 * letters.length) return false;
  const accented = letters.filter(
    (letter) => /[^a-z]/i.test(letter) && /\p{Script=Latin}/u.test(letter),
  );
  if (accented.length > 0.04 * letters.length && accented.length > 1) return false;
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const english = words.filter(isEnglishWord).length;
  const other = words.filter((word) => OTHER_LANGUAGES.has(word)).length;
  return english >= 1 && english > 2 * other && english >= 0.15 * words.length;
}

function isEnglishWord(word: string): boolean {
  const plain = word.replace(/'\w*$/, '');
  return (
    FUNCTION_WORDS.has(plain) ||
    COMMON_ENGLISH.has(plain) ||
    MONTHS.has(plain) ||
    SPELT_NUMBERS.has(plain)
  );
}

/** Function words of other languages in Latin letters, without those that are English words too. */
const OTHER_LANGUAGES: ReadonlySet<string> = new Set(
  `der das und ist nicht ein eine einen einem wie ich wir sie mein meine kann mit für auf von zu dem den warum
  wann welche welcher welches wo wer gibt es bitte oder aber auch noch nur schon sehr le les des une est pas
  que qui dans pour avec sur je nous vous mon mes quel quelle quels quelles comment pourquoi quand où combien
  il elle ce cette ces sont être fait faire au aux du et ou mais el los las una por para mis cómo qué cuál
  cuándo dónde quién cuánto cual cuando donde quien cuanto puedo puede está hacer más pero muy lo gli uno è
  non che di mio mia cosa perché quando dove quanto posso sono della delle nel alla uma não em meu minha fazer
  você eu da dos ao na nas nos isso qual het een niet ik wij mijn wat waarom wanneer waar welke op te zijn
  voor hoeveel naar och är inte jag hur vad varför när vilken att på som för av ett og ikke jeg hvordan hva
  hvorfor hvor når hvilken å til nie jak dlaczego kiedy gdzie czy jest mogę się ve bir nasıl neden niçin hangi
  kaç için ile bu yang dan apa bagaimana mengapa kapan dimana saya tidak ini itu dengan untuk adalah și este
  cum pentru din sunt la en det hvad`.split(/\s+/),
);
