import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';
import { detectPii } from '.';
import { traitsOf } from './traits';

const ALL: ReadonlySet<PiiEntity> = new Set(PII_ENTITIES);

it('counts what a text consists of', () => {
  expect(traitsOf('v1.2: call 030-12345 now!')).toEqual({
    digits: 10,
    dots: 1,
    colons: 1,
    specials: 1,
    longestRun: 9,
  });
  expect(traitsOf('ключ: abcdefghijklmnop')).toMatchObject({ longestRun: 16, digits: 0 });
  expect(traitsOf('')).toEqual({ digits: 0, dots: 0, colons: 0, specials: 0, longestRun: 0 });
});

describe('a detector that is not asked', () => {
  const PIECES = [
    'password: ', 'Passwort ist ', 'token=', 'api key is ', 'Bearer ', 'ſecret: a1b2c3d4e5f6', 'to\u212aen: abcdef123456xyz', 'hunter', '!?x', 'geheim!', 'sk-abcdefghij1234567890abcd', 'abcdefghijklmnop', '4111 1111 1111 1111', '4111 1111 111', '+1 212 555 0187', '030 123', 'anna@x.com', 'DE89 3704 0044 0532 0130 00', 'NO93', '123-45-6789', '10.1.2.3', '1.2.3', 'fe80::1', '2001:db8::8a2e:370:7334', 'a:b:c:d:e:f:1:2', '::', 'my name is anna', 'her name ', 'mr. smith', 'dr.', 'Dr. Müller', 'name: bob', 'Hauptstraße 12', 'Storgränd 4', '12 Baker Street', 'born 1/2/90', 'born May 3 1', 'passport A12345', 'passport no 1234', 'driver licence D1234', 'MORGA753116SM9IJ', ' is ', '\n', ', ', '. ', '1', 'K',
  ]; // prettier-ignore
  /** So far off that nothing reaches it, and with everything that any detector needs. */
  const EVERYTHING = `${' \n'.repeat(400)}key name: dr. zoe name is it's 1234567890 12345 ! ? 1.2.3.4 :: ::: ________________`;

  it('would have found nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const asked = detectPii(text + EVERYTHING, ALL).filter(({ start }) => start < text.length);
        expect(detectPii(text, ALL)).toEqual(asked);
      }),
      { numRuns: 1_500 },
    );
  });
});
