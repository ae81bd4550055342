import { describe, expect, it } from 'vitest';
import { judgePair, readSentence } from './judge';
import { isEnglish } from './language';
import { stem } from './stem';

const judge = (a: string, b: string) => judgePair(readSentence(a), readSentence(b));
const vetoOf = (a: string, b: string) => judge(a, b).veto?.name ?? null;

/** By the check that is to refuse them. */
const DIFFERENT: Record<string, [string, string][]> = {
  numbers: [
    ['Who is [PERSON_1]?', 'Who is [PERSON_2]?'],
    ['Whose is [PHONE_NUMBER_1]?', 'Whose is [EMAIL_ADDRESS_1]?'],
    ['Book 2 rooms', 'Book 3 rooms'],
    ['Book two rooms', 'Book three rooms'],
    ['It grew by 1,500', 'It grew by 15,000'],
    ['What is the first step?', 'What is the third step?'],
    ['What is new in ES2022?', 'What is new in ES2023?'],
    ['Is it below -3 degrees?', 'Is it below 3 degrees?'],
  ],
  units: [
    ['Run 5 km', 'Run 5 miles'],
    ['It costs 10 €', 'It costs 10 $'],
  ],
  dates: [['Am I free in May or on Monday?', 'Am I free in May or on Tuesday?']],
  code: [
    ['Call foo_bar with x', 'Call foo_baz with x'],
    ['Read ./a/b.txt', 'Read ./a/c.txt'],
    ['What is `ls -l`?', 'What is `ls -a`?'],
  ],
  negation: [
    ['Send the mail', "Don't send the mail"],
    ['Is it possible?', 'Is it impossible?'],
    ['Run it with tests', 'Run it without tests'],
    ['How do I share my calendar?', 'How do I stop sharing my calendar?'],
    ['Is this cheese vegan?', 'Is this cheese non-vegan?'],
  ],
  antonyms: [
    ['Buy the shares', 'Sell the shares'],
    ['Do it before lunch', 'Do it after lunch'],
    ['How do I turn on notifications?', 'How do I turn off notifications?'],
    ['How do I log in to the shop?', 'How do I log out of the shop?'],
  ],
  names: [
    ['When did Anna arrive?', 'When did Maria arrive?'],
    ['How do I join the EU?', 'How do I join the UN?'],
  ],
  quantifiers: [
    ['Delete all drafts', 'Delete drafts'],
    ['How do I mute everyone?', 'How do I mute myself?'],
  ],
  question: [
    ['Where was it made?', 'When was it made?'],
    ['How many people came?', 'How long did people come?'],
    ['Is coffee healthy?', 'Why is coffee healthy?'],
  ],
  'further question': [['What is a virus?', 'What is a virus and how does it spread?']],
  tense: [
    ['Who is the king?', 'Who was the king?'],
    ['Who has won the cup?', 'Who will win the cup?'],
  ],
  verbatim: [
    ['Translate to German: The car is big.', 'Translate to German: The car is large.'],
    ['How do you spell colour?', 'How do you spell color?'],
    ['Is "he do not know" right?', 'Is "he does not know" right?'],
    ["Check the grammar: He don't mind.", 'Check the grammar: He do not mind.'],
  ],
  speaker: [['When may the bank call me?', 'When may I call the bank?']],
  owner: [['What is my name?', 'What is your name?']],
  direction: [
    ['Has [PERSON_1] paid [PERSON_2]?', 'Has [PERSON_2] paid [PERSON_1]?'],
    ['Does sleep affect memory?', 'Does memory affect sleep?'],
    ['Is tea better than coffee?', 'Is coffee better than tea?'],
  ],
  subject: [
    ['How do I cook rice?', 'How do I cook lentils?'],
    ['Where do I enter the code?', 'Where do I find the code?'],
    ['How do I reset the phone?', 'How do I recover the phone?'],
    ['How do I increase memory?', 'How do I improve memory?'],
  ],
  relation: [
    ['Can I get it for a present?', 'Can I get it as a present?'],
    ['Did Anna hire Bruno?', 'Was Anna hired by Bruno?'],
    ['Did [PERSON_1] hire [PERSON_2]?', 'Was [PERSON_1] hired by [PERSON_2]?'],
  ],
  script: [['What does 你好 mean?', 'What does 再见 mean?']],
};

describe('the checks', () => {
  for (const [name, pairs] of Object.entries(DIFFERENT)) {
    it.each(pairs)(`${name}: %s / %s`, (a, b) => {
      expect([vetoOf(a, b), vetoOf(b, a)]).toContain(name);
      expect(vetoOf(a, b)).not.toBeNull();
      expect(vetoOf(b, a)).not.toBeNull();
    });
  }

  it.each([
    ['How do I reset my password?', 'How can I reset my password?'],
    [
      'What is the difference between PHP and Perl?',
      'What is the difference between Perl and PHP?',
    ],
    ['What are the best books on physics?', 'Which are the best physics books?'],
    ['Please tell me how to bake bread', 'How do I bake bread?'],
    ["What's the capital of Peru?", 'What is the capital of Peru?'],
    ['Why are dogs afraid of thunder?', 'Why are dogs scared of thunder?'],
    ['Book two rooms in the USA', 'Book 2 rooms in the US'],
    ['What is the best way to learn chess?', 'How do I learn chess?'],
    ['What are the differences of tea and mate?', 'What is the difference of mate and tea?'],
    ['Which sites have free movies?', 'Which website has a free movie?'],
    ['How do I organise my e-mail?', 'How can I organize my email?'],
    ['How do I change the database password?', 'How can I change the data base password?'],
    ['Is there a self-service portal?', 'Is there a self service portal?'],
    ['How can I log in to the shop?', 'How do I login to the shop?'],
    ['Where are the 2024 Olympics?', 'Where are the Olympics 2024?'],
    [
      'What is the difference between a hot dog and a burger?',
      'What is the difference between a burger and a hot dog?',
    ],
    ['How will I get my money back?', 'How do I get my money back?'],
    ['Which phone is best for photos?', 'Which is the best phone for photos?'],
    ['Who has won the cup?', 'Who won the cup?'],
    ['In Norway, how do I vote?', 'How do I vote in Norway?'],
    ['How far is Oslo from Bergen?', 'How far is Bergen from Oslo?'],
    ['Could you please install the printer?', 'Please install the printer.'],
    ['How do I join the Wi-Fi, please?', 'How do I join the wifi?'],
    ["I'm tired. What should I do?", "I'm tired, what should I do?"],
    ['What does "pro bono" mean?', 'What does pro bono mean?'],
    ['Please translate to German: The car is big.', 'Translate to German: "The car is big"'],
    ['Is the verdict kind? The soup was cold.', 'The soup was cold. Is the verdict kind?'],
    ['What is the price of a ticket?', 'How much does a ticket cost?'],
  ])('none objects to %s / %s', (a, b) => {
    expect([judge(a, b).veto, judge(b, a).veto]).toEqual([null, null]);
  });

  it('say the same of a pair in either order, whatever the texts', () => {
    const texts = [
      ...Object.values(DIFFERENT).flat(2),
      '',
      ' ',
      '???',
      '\u0000\ud800',
      '```\nunclosed',
      'a'.repeat(5000),
      '- - -- --x =',
      "'s 's o'clock",
    ];
    const sentences = texts.map(readSentence);
    for (const a of sentences) {
      expect(judgePair(a, a).veto).toBeNull();
      for (const b of sentences) {
        expect(judgePair(a, b).veto === null).toBe(judgePair(b, a).veto === null);
      }
    }
  });

  it('take linear time on hostile texts', () => {
    for (const piece of ['a.', '-a ', "don't ", '/a', 'x_', '1,', '((((', 'a b of ', '[A_', '`']) {
      const text = piece.repeat(600 / piece.length);
      expect(judge(text, `${text} b`)).toHaveProperty('words');
    }
  });
});

describe('what is taken for English', () => {
  it.each([
    'What is love?',
    'Delete the file',
    'reset password',
    'Where is the café in Oslo?',
    'pros and cons of credit cards',
    'Define inertia.',
    'size chart shoes',
  ])('%s', (text) => expect(isEnglish(text)).toBe(true));
  it.each([
    'Wie lösche ich mein Konto?',
    'Quelle est la capitale du Niger ?',
    '¿Cuánto cuesta el plan básico?',
    'Come posso attivare la carta?',
    'Hoe zet ik de verwarming aan?',
    'Jak usunąć plik?',
    'Как дела?',
    '你好吗',
    '12345',
    '',
  ])('not: %s', (text) => expect(isEnglish(text)).toBe(false));
});

describe('the stemmer', () => {
  it.each([
    ['planning', 'plan'],
    ['making', 'make'],
    ['studies', 'study'],
    ['boxes', 'box'],
    ['children', 'child'],
    ['quickly', 'quick'],
    ['movies', 'movie'],
    ['sites', 'site'],
    ['cancelled', 'cancel'],
    ['organised', 'organize'],
    ['behaviours', 'behavior'],
  ])('joins %s and %s', (a, b) => expect(stem(a)).toBe(stem(b)));
  it.each([
    ['general', 'generation'],
    ['thing', 'thin'],
    ['bus', 'business'],
    ['news', 'new'],
    ['united', 'unit'],
    ['sites', 'sitting'],
    ['our', 'or'],
  ])('keeps %s and %s apart', (a, b) => expect(stem(a)).not.toBe(stem(b)));
});
