/** What may stand in the place of `{name}` in a template. */
export type Slots = Readonly<Record<string, readonly string[]>>;

/**
 * Up to `count` different texts of a template, the same ones every time. Slots may hold slots.
 * @param template text in which `{name}` stands for one of `slots[name]`
 * @param seed begins another sequence of choices
 */
export function expand(template: string, slots: Slots, count: number, seed = ''): string[] {
  const texts = new Set<string>();
  const random = generator(seed + template);
  for (let tried = 0; tried < count * 4 && texts.size < count; tried++)
    texts.add(filled(template, slots, random).replace(/ {2,}/g, ' ').trim());
  return [...texts];
}

function filled(template: string, slots: Slots, random: () => number): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const choices = slots[name];
    if (!choices) throw new Error(`No slot ${whole} for "${template}".`);
    return filled(choices[random() % choices.length] ?? '', slots, random);
  });
}

/** Numerical Recipes' linear congruential generator, begun at the FNV-1a hash of a text; its high bits. */
export function generator(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 12;
  };
}
