const FENCE = /```[\s\S]*?(?:```|$)|`[^`\n]+`/g;
const URL_LIKE = /\b(?:https?:\/\/|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+/g;
const CODE_LIKE =
  /(?:^|(?<=[\s("']))(?:--?[a-zA-Z][\w-]*(?==|\s|$)|[~.]{0,2}\/[\w./-]+|[\w.]*\w[_]\w[\w.]*|\w+::\w[\w:]*|[\w.]+\([\w, .]*\)|[a-z]{2,}[A-Z]\w*|\w[\w-]*\.(?:js|ts|tsx|py|java|json|csv|txt|md|html|css|sh|sql|yml|yaml|xml|pdf|png|jpe?g|docx?|xlsx?|exe|dll|log|conf|ini|toml|rb|go|rs|php|cpp?|hpp?)\b|[-+*/%^&|!<>=]=+|[-=]>|[<>]|[+*/%^|]{1,2}(?=\s)|&&|C\+\+|[A-Za-z]#|0x[0-9a-fA-F]+)/g;

/** `[PERSON_1]` stands for a name, and for who does what to whom. */
const PLACEHOLDER = /\[([A-Z]+)(?:_[A-Z]+)*_?(\d+)\]/g;

/** A text without what looks like code, and that code as written, sorted. */
export function withoutCode(text: string): { plain: string; code: readonly string[] } {
  const code: string[] = [];
  let plain = text.replace(PLACEHOLDER, ' $1$2 ');
  for (const pattern of [FENCE, URL_LIKE, CODE_LIKE]) {
    plain = plain.replace(pattern, (found) => {
      code.push(found);
      return ' ';
    });
  }
  return { plain, code: code.sort() };
}
