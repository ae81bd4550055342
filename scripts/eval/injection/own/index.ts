import { generator } from './grammar';
import { carriers, englishAttacks } from './attacks';
import { EVERYDAY } from './everyday';
import { englishHarmless } from './harmless';
import { LANGUAGES } from './languages';
import { lookAlikes } from './look-alikes';
import { harmlessRoles } from './roles';
import { technicalRequests } from './technical';

/** A text written for this project. */
export type OwnText = { text: string; attack: boolean };

/**
 * All texts written for this project, so that the model knows families, languages and harmless look-alikes that
 * the development prompts lack. Attacks also stand behind harmless texts, of their own language or another.
 */
export function ownTexts(): OwnText[] {
  const english = { attacks: englishAttacks(), harmless: englishHarmless() };
  const foreign = Object.values(LANGUAGES);
  const all = foreign.flatMap(({ harmless }) => harmless);
  const random = generator('own texts');
  const one = (texts: readonly string[]) => texts[random() % texts.length] ?? '';
  const appended = foreign.flatMap(({ attacks, harmless }) =>
    attacks.flatMap((attack) => [
      `${one(harmless)} ${attack}`,
      `${one(english.harmless.slice(0, 400))} ${attack}`,
      `${one(harmless)} ${one(all)} ${attack}`,
    ]),
  );
  const paired = foreign.flatMap(({ harmless }) =>
    harmless.flatMap((text) => [
      `${text} ${one(harmless)}`,
      `${one(english.harmless.slice(0, 400))} ${text}`,
    ]),
  );
  return [
    ...[...english.attacks, ...foreign.flatMap(({ attacks }) => attacks), ...appended].map(
      (text) => ({ text, attack: true }),
    ),
    ...[
      ...english.harmless,
      ...carriers(),
      ...EVERYDAY,
      ...technicalRequests(),
      ...harmlessRoles(),
      ...lookAlikes('training'),
      ...all,
      ...paired,
    ].map((text) => ({ text, attack: false })),
  ];
}
