const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;

export type Style = Record<keyof typeof CODES, (text: string) => string>;

/** ANSI colours, or none: by NO_COLOR (no-color.org), FORCE_COLOR, and whether a terminal reads them. */
export function styleFor(
  env: Readonly<Record<string, string | undefined>>,
  terminal: boolean,
): Style {
  const colours = env.NO_COLOR ? false : env.FORCE_COLOR ? true : terminal && env.TERM !== 'dumb';
  const paint = (code: number) => (text: string) =>
    colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  return Object.fromEntries(
    Object.entries(CODES).map(([name, code]) => [name, paint(code)]),
  ) as Style;
}
