import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';
import { redactText } from './redact-text';
import { Restorer, restoreText } from './restore';
import { PlaceholderVault } from './vault';

const ALL = new Set<PiiEntity>(PII_ENTITIES);
function redact(text: string, vault = new PlaceholderVault()) {
  vault.reserve(text);
  return { vault, text: redactText(text, ALL, vault).text };
}

describe('redacting', () => {
  it('writes the same placeholder for the same value, and another for another', () => {
    const { text } = redact('a@x.com, b@x.com, a@x.com');
    expect(text).toBe('[EMAIL_1], [EMAIL_2], [EMAIL_1]');
  });

  it('leaves JSON valid: strings, keys, escapes, numbers and JSON inside strings', () => {
    const document = {
      'a@x.com': { note: 'line\n"quoted" b\\c a@x.com', card: 4111111111111111 },
      inner: JSON.stringify({ ssn: '536-90-4399', deep: JSON.stringify({ ip: '203.0.113.7' }) }),
    };
    const { text } = redact(JSON.stringify(document).replaceAll('@', '\\u0040'));
    const parsed = JSON.parse(text) as typeof document & Record<string, unknown>;
    expect(parsed['[EMAIL_1]']).toEqual({
      note: 'line\n"quoted" b\\c [EMAIL_1]',
      card: '[CREDIT_CARD_1]',
    });
    const inner = JSON.parse(parsed.inner) as { ssn: string; deep: string };
    expect(inner.ssn).toBe('[US_SSN_1]');
    expect(JSON.parse(inner.deep)).toEqual({ ip: '[IP_ADDRESS_1]' });
  });

  it('reads the key of a value in JSON', () => {
    expect(redact('{"password":"correct7horse"}').text).toBe('{"password":"[SECRET_1]"}');
  });

  it('leaves URLs and code round a value as they were', () => {
    for (const [before, after] of [
      ['https://u:p4ssw0rd@h.com/a?b=1', 'https://[URL_CREDENTIALS_1]@h.com/a?b=1'],
      ['http://203.0.113.7:8080/x', 'http://IP_ADDRESS_1:8080/x'],
      ['https://h.com/?to=a@x.com&b=1', 'https://h.com/?to=[EMAIL_1]&b=1'],
      ['const to = "a@x.com";', 'const to = "[EMAIL_1]";'],
      ['send({ "card": 4111111111111111, n: 1 })', 'send({ "card": "[CREDIT_CARD_1]", n: 1 })'],
    ] as const) {
      const { text } = redact(before);
      expect(text).toBe(after);
      if (before.startsWith('http')) expect(() => new URL(text)).not.toThrow();
    }
  });

  it('leaves placeholders that a text brings along alone, and never uses their names', () => {
    const { text, vault } = redact('Keep [EMAIL_1] and email_2, but not a@x.com.');
    expect(text).toBe('Keep [EMAIL_1] and email_2, but not [EMAIL_3].');
    expect(restoreText(text, vault, 'text')).toBe('Keep [EMAIL_1] and email_2, but not a@x.com.');
  });
});

describe('restoring', () => {
  const { vault } = redact('a@x.com and 4111 1111 1111 1111');

  it.each([
    ['[EMAIL_1]', 'a@x.com'],
    ['EMAIL_1', 'a@x.com'],
    ['Write to email_1.', 'Write to a@x.com.'],
    ['{EMAIL_1} <Email_1> 【EMAIL_1】', 'a@x.com a@x.com a@x.com'],
    ['[Email 1] [credit-card 1]', 'a@x.com 4111 1111 1111 1111'],
    ['(EMAIL_1)', '(a@x.com)'],
    ['EMAIL\\_1 and [CREDIT\\_CARD\\_1]', 'a@x.com and 4111 1111 1111 1111'],
    ['mailto:EMAIL_1?subject=x', 'mailto:a@x.com?subject=x'],
    ['**EMAIL_1**’s', '**a@x.com**’s'],
    ['"[EMAIL_1]"', '"a@x.com"'],
  ])('reads %j', (written, restored) => {
    expect(restoreText(written, vault, 'text')).toBe(restored);
  });

  it.each(['[EMAIL_2]', 'EMAIL_12', 'MY_EMAIL_1', 'EMAIL_1_OLD', 'email 1', '[PHONE_1]', 'EMAIL_'])(
    'leaves %j alone',
    (text) => {
      expect(restoreText(text, vault, 'text')).toBe(text);
    },
  );

  it('escapes values inside JSON', () => {
    const own = new PlaceholderVault();
    own.placeholderFor('address', '1 "Main" St\nTown');
    const json = restoreText('{"to":"[ADDRESS_1]"}', own, 'json');
    expect(JSON.parse(json)).toEqual({ to: '1 "Main" St\nTown' });
  });

  it('gives a number in JSON back as a number', () => {
    const document = '{"card": 4111111111111111, "n": 1}';
    const { text, vault: own } = redact(document);
    expect(restoreText(text, own, 'text')).toBe(document);
  });

  it('holds back no more than the longest placeholder', () => {
    // Values as long as their placeholders, so that what is missing is what is held back.
    const { vault: own } = redact('ab@xy.com 378282246310005');
    const text = 'Ask [EMAIL_1], or [ if (EMAI fails [CREDIT_CARD_1] [[EMAIL_1]] [EMAIL_99';
    for (let size = 1; size < 6; size++) {
      const restorer = new Restorer(own, 'text');
      let out = '';
      for (let at = 0; at < text.length; at += size) {
        out += restorer.push(text.slice(at, at + size));
        const came = Math.min(text.length, at + size);
        expect(came - out.length).toBeLessThanOrEqual('[CREDIT_CARD_1]'.length);
      }
      expect(out + restorer.end()).toBe(restoreText(text, own, 'text'));
    }
  });

  it('lets a text without placeholders through at once', () => {
    const restorer = new Restorer(vault, 'text');
    expect(restorer.push('No secrets here.')).toBe('No secrets here.');
  });
});

describe('redact, echo, restore', () => {
  const value = fc.oneof(
    fc
      .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{2,8}$/))
      .map(([a, b]) => `${a}@${b}.com`),
    fc.constantFrom('4111 1111 1111 1111', '5500005555555559', '378282246310005'),
    fc.constantFrom('DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432'),
    fc.constantFrom('536-90-4399', '+1 212 555 0187', '203.0.113.7', 'https://u:p4ssw0rd@h.com'),
    fc.constantFrom('AKIA' + 'Q3EGRIHJ7LXP4ZTN', 'My name is Anna Smith', 'born on 2/19/1956'),
  );
  const noise = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '[',
      'EMAIL_1',
      '[EMAIL_1',
      '[PHONE_2]',
      '"',
      '\\',
      '\n',
      '{"a": ',
      '}',
      '(',
      '）',
      '[[',
    ),
  );
  const text = fc.array(fc.oneof(noise, value), { maxLength: 12 }).map((parts) => parts.join(' '));
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });

  it('gives every text back, however it is cut', () => {
    fc.assert(
      fc.property(text, cuts, (original, sizes) => {
        const { text: redacted, vault } = redact(original);
        const restorer = new Restorer(vault, 'text');
        let out = '';
        for (let at = 0, turn = 0; at < redacted.length; turn++) {
          const size = sizes[turn % sizes.length]!;
          out += restorer.push(redacted.slice(at, at + size));
          at += size;
        }
        expect(out + restorer.end()).toBe(original);
      }),
      { seed: 20_240_607, numRuns: 400 },
    );
  });

  it('gives JSON documents back, and they stay JSON on the way', () => {
    const leaf = fc.oneof(text, fc.integer(), fc.constant(4111111111111111), fc.boolean());
    const document = fc.dictionary(fc.oneof(fc.stringMatching(/^[a-z]{1,6}$/), value), leaf, {
      maxKeys: 5,
    });
    fc.assert(
      fc.property(document, (original) => {
        const json = JSON.stringify(original);
        const { text: redacted, vault } = redact(json);
        expect(() => JSON.parse(redacted) as unknown).not.toThrow();
        expect(JSON.parse(restoreText(redacted, vault, 'json'))).toEqual(original);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
