/**
 * BERT's uncased tokenizer: basic splitting (Devlin et al., 2019), then greedy longest-match word
 * pieces (Wu et al., 2016), as the model's tokenizer.json declares it.
 */

const CLS = 101;
const SEP = 102;
const UNKNOWN = 100;
const LONGEST_WORD = 100;

const CJK =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2ebef}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const WORDS =
  /[\p{P}\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e]|[^\s\p{P}\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e]+/gu;

/** Lower case without accents, white space for control characters, ideographs apart. */
function normalise(text) {
  return text
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[\0\ufffd\p{C}]/gu, '')
    .replace(CJK, ' $& ')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

export class WordPieceTokenizer {
  /** @param {Record<string, number>} vocabulary piece → id; a continuation begins with `##` */
  constructor(vocabulary) {
    this.vocabulary = new Map(Object.entries(vocabulary));
  }

  /**
   * Token ids with the sentence marks, at most `maxTokens` of them.
   * @param {string} text @param {number} maxTokens @returns {number[]}
   */
  encode(text, maxTokens) {
    const ids = [CLS];
    for (const [word] of normalise(text).matchAll(WORDS)) {
      for (const id of this.#pieces(word)) {
        if (ids.length === maxTokens - 1) return [...ids, SEP];
        ids.push(id);
      }
    }
    return [...ids, SEP];
  }

  #pieces(word) {
    const characters = [...word];
    if (characters.length > LONGEST_WORD) return [UNKNOWN];
    const pieces = [];
    for (let start = 0; start < characters.length;) {
      let end = characters.length;
      let id;
      for (; end > start; end--) {
        const piece = (start > 0 ? '##' : '') + characters.slice(start, end).join('');
        id = this.vocabulary.get(piece);
        if (id !== undefined) break;
      }
      if (id === undefined) return [UNKNOWN];
      pieces.push(id);
      start = end;
    }
    return pieces;
  }
}
