import type { Concept } from './lexicon';

/**
 * The evidence, by name: how strongly experience says that it speaks for an attack (in logits, before any
 * data was seen; training starts there and may move away at a price) and what the receipt calls it.
 */
export const EVIDENCE = {
  overridePrior: [4.5, 'lifts earlier instructions'],
  overrideInstruction: [2.4, 'lifts instructions'],
  overrideLimit: [1.5, 'lifts limits'],
  overrideEverything: [2, 'lifts what was said before'],
  overrideWithin: [-1.2, ''],
  revealAbove: [0.8, 'asks for the text above'],
  overrideAllPrior: [3.2, 'lifts everything said before'],
  overrideLast: [4.5, 'lifts earlier instructions'],
  overrideTold: [0.5, 'tells of lifted instructions'],
  overrideAndNewTask: [1.2, 'replaces the task'],
  revealSystem: [3.6, 'asks for the system prompt'],
  revealPrior: [2, 'asks for earlier instructions'],
  revealSecret: [1.6, 'asks for a secret'],
  newTaskPersona: [1.4, 'gives a new role'],
  personaUnrestricted: [2.2, 'gives a role without rules'],
  assistantUnrestricted: [1.2, 'frees the model from its rules'],
  personaAssistant: [0.5, 'gives the model a role'],
  jailbreakKit: [1.2, 'combines a role, freedom and a ban on refusing'],
  newTaskPayload: [0.8, 'dictates the answer'],
  addressedAction: [1.5, 'orders the model to act'],
  addressedObey: [1, 'orders the model to obey'],
  secretAction: [1, 'sends out secrets'],
  encodingObey: [1.2, 'asks to follow encoded text'],
  unrestricted: [1.2, 'speaks of freedom from rules'],
  noRefusal: [1.2, 'forbids refusing'],
  newTask: [0.4, 'sets a new task'],
  persona: [0.2, 'gives a role'],
  addressed: [0.8, 'speaks to the model in data'],
  assistant: [0.1, 'speaks of the model'],
  systemPrompt: [0.6, 'speaks of the system prompt'],
  encoding: [0.2, 'speaks of encodings'],
  templateTokens: [2.8, 'forges chat template tokens'],
  forgedRoles: [1.2, 'forges a system message'],
  manyShot: [0.8, 'brings many forged turns'],
  breaks: [0.8, 'breaks out of its delimiters'],
  imageExfiltration: [1.8, 'sends data out in an image address'],
  hiddenMarkup: [0.4, 'has hidden markup'],
  attackInMarkup: [1, 'hides an instruction in markup'],
  attackAfterBreak: [1, 'attacks behind a delimiter'],
  invisible: [0.5, 'has invisible characters'],
  spacedLetters: [1.5, 'spaces letters apart'],
  tagText: [3.5, 'writes in invisible letters'],
  shouted: [0.6, 'shouts an order'],
  mixedScript: [0.8, 'mixes scripts within words'],
  hiddenAttack: [2, 'hides an instruction in an encoding'],
  escapedAttack: [0.4, 'escapes an instruction'],
  discussion: [-0.6, ''],
  discussedAttack: [-2, ''],
  attackInQuestion: [-1, ''],
  attackInCode: [-0.3, ''],
  overrideHarmless: [-0.8, ''],
  negatedOverride: [-0.6, ''],
  question: [-0.5, ''],
} as const satisfies Record<string, readonly [weight: number, reason: string]>;

export type Feature = keyof typeof EVIDENCE;
export const FEATURES = Object.keys(EVIDENCE) as Feature[];

/** Evidence that is two concepts in this order, so many words apart at most. */
export const PAIRS: readonly {
  feature: Feature;
  first: Concept;
  second: Concept;
  words: number;
}[] = [
  { feature: 'newTaskPersona', first: 'newTask', second: 'persona', words: 10 },
  { feature: 'personaUnrestricted', first: 'persona', second: 'unrestricted', words: 40 },
  { feature: 'assistantUnrestricted', first: 'assistant', second: 'unrestricted', words: 10 },
  { feature: 'personaAssistant', first: 'persona', second: 'assistant', words: 8 },
  { feature: 'newTaskPayload', first: 'newTask', second: 'payload', words: 5 },
  { feature: 'addressedAction', first: 'addressed', second: 'exfiltrate', words: 20 },
  { feature: 'addressedObey', first: 'addressed', second: 'obey', words: 12 },
  { feature: 'secretAction', first: 'exfiltrate', second: 'secret', words: 8 },
  { feature: 'encodingObey', first: 'encoding', second: 'obey', words: 12 },
  { feature: 'encodingObey', first: 'obey', second: 'encoding', words: 12 },
];
