/** One definition of a schema's text: `type Role`, with what it says. */
export type Definition = { name: string; text: string };

/** The definitions of a schema in GraphQL's language, in their order, each with its own description. */
export function definitionsOf(sdl: string): Definition[] {
  return sdl
    .trim()
    .split(/\n\n(?=(?:"""|type |input |enum |scalar ))/)
    .map((text) => ({ name: nameOf(text), text: text.trim() }));
}

/** Those whose name or text has the words, ones that are called so first. */
export function search(definitions: readonly Definition[], words: string): readonly Definition[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return definitions;
  const isNamed = ({ name }: Definition) => name.toLowerCase().includes(wanted);
  return [
    ...definitions.filter(isNamed),
    ...definitions.filter((each) => !isNamed(each) && each.text.toLowerCase().includes(wanted)),
  ];
}

function nameOf(text: string): string {
  return /^(?:type|input|enum|scalar) \w+/m.exec(text)?.[0] ?? text;
}
