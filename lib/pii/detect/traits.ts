/** What a text consists of, counted in one pass, so that a detector that cannot find anything need not look. */
export type TextTraits = {
  /** Digits of ASCII. */
  digits: number;
  dots: number;
  colons: number;
  /** Characters that make a password of letters alone: `!@#$%^&*?`. */
  specials: number;
  /** Length of the longest unbroken run of characters that keys and tokens are made of. */
  longestRun: number;
};

const DIGIT = 1;
const IN_RUN = 2;
const SPECIAL = 4;
const DOT = 8;
const COLON = 16;
const CLASSES = classesOf([
  [/\d/, DIGIT],
  // The characters of a run in secret.ts.
  [/[\w.+/=:~-]/, IN_RUN],
  [/[!@#$%^&*?]/, SPECIAL],
  [/\./, DOT],
  [/:/, COLON],
]);

export function traitsOf(text: string): TextTraits {
  const traits: TextTraits = { digits: 0, dots: 0, colons: 0, specials: 0, longestRun: 0 };
  let run = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const is = code < 128 ? CLASSES[code]! : 0;
    if ((is & IN_RUN) === 0) {
      if (run > traits.longestRun) traits.longestRun = run;
      run = 0;
      if ((is & SPECIAL) !== 0) traits.specials++;
      continue;
    }
    run++;
    if ((is & DIGIT) !== 0) traits.digits++;
    else if ((is & DOT) !== 0) traits.dots++;
    else if ((is & COLON) !== 0) traits.colons++;
  }
  if (run > traits.longestRun) traits.longestRun = run;
  return traits;
}

function classesOf(classes: readonly (readonly [RegExp, number])[]): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) =>
    classes.reduce(
      (all, [pattern, flag]) => (pattern.test(String.fromCharCode(code)) ? all | flag : all),
      0,
    ),
  );
}
