import { allFakers, type Faker } from '@faker-js/faker';
import type { PiiEntity } from '@/lib/policy/prompt/schema';
import type { Labelled } from './data';

const LOCALES = ['en_US', 'en_GB', 'en_AU', 'de', 'fr', 'es', 'it', 'pt_BR', 'pt_PT', 'nl', 'sv', 'nb_NO', 'da', 'fi', 'pl', 'cs_CZ', 'hu', 'ro', 'tr'] as const; // prettier-ignore
type Maker = { entity: PiiEntity; sentences: string[]; make: (faker: Faker) => string };

/** Structured entities in sentences of many languages' forms; made by faker from a fixed seed, seen by no detector. */
const MAKERS: readonly Maker[] = [
  {
    entity: 'email',
    sentences: [
      'Please write to {} today.',
      'mailto:{}',
      '{"contact": "{}"}',
      'From: Sales <{}>',
      'user={}&page=2',
    ],
    make: (faker) => faker.internet.email(),
  },
  {
    entity: 'credit_card',
    sentences: [
      'My card number is {}.',
      'charge {} please',
      'Visa {} exp 04/27',
      '{"cc": "{}"}',
      'Karte: {}',
    ],
    make: (faker) =>
      faker.finance.creditCardNumber(
        faker.helpers.arrayElement(['visa', 'mastercard', 'american_express', 'discover']),
      ),
  },
  {
    entity: 'iban',
    sentences: [
      'Transfer it to {} by Friday.',
      'IBAN: {}',
      '{"iban":"{}"}',
      'Mein Konto ist {}, danke.',
    ],
    make: (faker) => faker.finance.iban({ formatted: faker.datatype.boolean() }),
  },
  {
    entity: 'us_ssn',
    sentences: [
      'SSN: {}',
      'Her social security number is {}.',
      'The applicant ({}) called.',
      '{"ssn": "{}"}',
    ],
    make: (faker) => {
      const area = faker.helpers.arrayElement([
        faker.number.int({ min: 1, max: 665 }),
        faker.number.int({ min: 667, max: 899 }),
      ]);
      const two = faker.number.int({ min: 1, max: 99 });
      return [
        String(area).padStart(3, '0'),
        String(two).padStart(2, '0'),
        faker.string.numeric({ length: 4, exclude: ['0'] }),
      ].join('-');
    },
  },
  {
    entity: 'phone',
    sentences: [
      'Call me at {}.',
      'Tel: {}',
      'Phone {} after five',
      '{"phone": "{}"}',
      'Rufen Sie mich an: {}',
      'Mobile: {}',
    ],
    make: (faker) =>
      faker.phone.number({
        style: faker.helpers.arrayElement(['national', 'international', 'human']),
      }),
  },
  {
    entity: 'ip_address',
    sentences: [
      'Blocked {} after ten tries.',
      'client {} connected',
      '{"ip": "{}"}',
      '{} - - [10/Oct/2024] "GET /"',
    ],
    make: (faker) => (faker.datatype.boolean() ? faker.internet.ipv6() : publicIpv4(faker)),
  },
  {
    entity: 'url_credentials',
    sentences: [
      'DATABASE_URL=postgres://{}@db.internal:5432/app',
      'git clone https://{}@git.example.com/a.git',
      'Open ftp://{}@files.example.org/x',
    ],
    make: (faker) =>
      `${faker.internet.username().toLowerCase()}:${faker.internet.password({ length: 14 })}`,
  },
  {
    entity: 'secret',
    sentences: [
      'export KEY={}',
      'use {} for now',
      '{"key": "{}"}',
      'headers = {"Authorization": "Bearer {}"}',
    ],
    make: (faker) =>
      faker.helpers.arrayElement([
        `sk-proj-${faker.string.alphanumeric(48)}`,
        `ghp_${faker.string.alphanumeric(36)}`,
        `AKIA${faker.string.alphanumeric({ length: 16, casing: 'upper' })}`,
        `xoxb-${faker.string.numeric(12)}-${faker.string.numeric(12)}-${faker.string.alphanumeric(24)}`,
        `AIza${faker.string.alphanumeric(35)}`,
        `glpat-${faker.string.alphanumeric(20)}`,
        `sk_live_${faker.string.alphanumeric(24)}`,
      ]),
  },
];
const PER_ENTITY = 300;

export function syntheticRows(): Labelled[] {
  return MAKERS.flatMap(({ entity, sentences, make }, kind) =>
    Array.from({ length: PER_ENTITY }, (_, index) => {
      const faker = allFakers[LOCALES[index % LOCALES.length] ?? 'en_US'];
      faker.seed(1_000 * kind + index);
      const value = make(faker);
      const sentence = sentences[index % sentences.length] ?? '{}';
      const start = sentence.indexOf('{}');
      const text = sentence.slice(0, start) + value + sentence.slice(start + 2);
      return { text, spans: [{ entity, start, end: start + value.length }] };
    }),
  );
}

/** Not this machine, not nowhere: addresses that the detector takes for harmless on purpose. */
function publicIpv4(faker: Faker): string {
  const [, ...rest] = faker.internet.ipv4().split('.');
  return [faker.number.int({ min: 1, max: 126 }), ...rest].join('.');
}
