import { setOf, groupsOf } from './word-lists';

/** Words that turn a sentence round, and verbs that deny what follows them. */
export const NEGATIONS = setOf(`
not no never none nobody nothing nowhere neither nor cannot without cant dont doesnt didnt isnt arent wasnt
werent wont wouldnt shouldnt couldnt havent hasnt hadnt mustnt aint except excluding unless lack lacks lacking hardly
barely stop stops stopping stopped quit avoid avoiding prevent preventing undo undoing reverse reversing revert`);

/** Words that bound how much or how many are meant, by what they stand for. */
export const QUANTIFIERS = groupsOf(`
all every each everything everyone everybody
only solely exclusively merely
both
either
half
twice double
triple thrice
partial partially partly
maximum max
minimum min
sometimes occasionally
usually often frequently
rarely seldom
several
majority
minority
at_least
at_most
more
less
than_one
another
once
daily
weekly
monthly
yearly annually annual
hourly
`);

export const PREPOSITIONS = setOf(`
of in on at by for with about into onto from to over under after before between among through during against within
without across via per upon off toward towards than as like versus vs regarding
`);

export const COORDINATORS = setOf(`and or vs versus nor`);

/** Verbs that make one word with what follows them, and what that is written as. */
export const PARTICLE_VERBS = setOf('log sign check back set shut roll opt turn switch');

export const PARTICLES: ReadonlyMap<string, string> = new Map([
  ...['in', 'into', 'on', 'out', 'off', 'up', 'down'].map((word) => [word, word] as const),
]);

export const TENSES = {
  past: setOf('was were did had didnt wasnt werent'),
  future: setOf('will shall wont ll gonna tomorrow upcoming'),
  present: setOf('is are am do does dont doesnt isnt arent'),
  /** What has happened may be asked for as past and as present. */
  perfect: setOf('has have'),
  conditional: setOf('would'),
} as const;
