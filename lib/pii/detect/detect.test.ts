import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';
import { detectPii } from '.';

const ALL = new Set<PiiEntity>(PII_ENTITIES);
/** `entity:text` of everything found. */
const found = (text: string, entities = ALL) =>
  detectPii(text, entities).map(({ entity, start, end }) => `${entity}:${text.slice(start, end)}`);

/** Assembled here, so that no scanner takes this file for a leak. */
const key = (prefix: string, rest = 'Zx81Kq0Lm7Pv3Rt9Wb5Yc2Nd6Hf4Jg8Sa1Ue') => prefix + rest;

describe('what is personal data by its form', () => {
  it.each([
    ['email', 'Write to ann.smith+news@example.co.uk.', 'ann.smith+news@example.co.uk'],
    ['email', 'an jürgen@müller.de, bitte', 'jürgen@müller.de'],
    ['email', 'https://x.com/?to=ann%40example.com&a=1', 'ann%40example.com'],
    ['email', 'ann [at] example [dot] com', 'ann [at] example [dot] com'],
    ['credit_card', 'charge 4111 1111 1111 1111 now', '4111 1111 1111 1111'],
    ['credit_card', 'amex 3782-822463-10005', '3782-822463-10005'],
    ['iban', 'an DE89 3704 0044 0532 0130 00 bitte', 'DE89 3704 0044 0532 0130 00'],
    ['iban', 'gb82west12345698765432', 'gb82west12345698765432'],
    ['us_ssn', 'It is 536-90-4399.', '536-90-4399'],
    ['us_ssn', 'ssn 536904399', '536904399'],
    ['ip_address', 'blocked 203.0.113.7 twice', '203.0.113.7'],
    ['ip_address', 'from fe80::1ff:fe23:4567:890a', 'fe80::1ff:fe23:4567:890a'],
    ['url_credentials', 'postgres://app:s3cr3t!@db:5432/x', 'app:s3cr3t!'],
    ['phone', 'Call (212) 555-0187 x12 today', '(212) 555-0187 x12'],
    ['phone', '+44 20 7946 0958', '+44 20 7946 0958'],
    ['phone', 'Tel. 030 901820', '030 901820'],
    ['phone', 'appelez le 01 23 45 67 89', '01 23 45 67 89'],
    ['date_of_birth', 'She was born on 2/19/1956.', '2/19/1956'],
    ['date_of_birth', 'Geburtsdatum: 3. März 1985', '3. März 1985'],
    ['passport', 'passport no. 533380006', '533380006'],
    ['driver_license', "driver's license number is U6292878", 'U6292878'],
    ['driver_license', 'MORGA657054SM9IJ', 'MORGA657054SM9IJ'],
  ])('%s in %j', (entity, text, value) => {
    expect(found(text)).toEqual([`${entity}:${value}`]);
  });

  it.each([
    key('sk-proj-'),
    key('ghp_'),
    'AKIA' + 'Q3EGRIHJ7LXP4ZTN',
    key('xoxb-123456789012-'),
    key('sk_live_'),
    key('glpat-', 'Zx81Kq0Lm7Pv3Rt9Wb5Y'),
    key('AIza', 'SyZx81Kq0Lm7Pv3Rt9Wb5Yc2Nd6Hf4Jg8Sa'),
  ])('a secret by the form of its provider: %s', (secret) => {
    expect(found(`use ${secret} for now`)).toEqual([`secret:${secret}`]);
  });

  it('a secret by its name and its entropy, and a private key as a whole', () => {
    expect(found('API_KEY="q8Zr1Lm0Xv7Tn3Kd"')).toEqual(['secret:q8Zr1Lm0Xv7Tn3Kd']);
    expect(found('my password is hunter2!')).toEqual(['secret:hunter2']);
    const pem = `-----BEGIN RSA PRIVATE KEY-----\n${key('MIIE')}\n-----END RSA PRIVATE KEY-----`;
    expect(found(`key:\n${pem}\nend`)).toEqual([`secret:${pem}`]);
  });
});

describe('what is none', () => {
  it.each([
    'card 4111 1111 1111 1112',
    'IBAN DE89 3704 0044 0532 0130 01',
    'SSN 000-12-3456, 666-12-3456, 900-12-3456, 123-00-4567, 123-45-0000',
    'version 1.2.3.4, 256.1.1.1, 127.0.0.1, 0.0.0.0, 255.255.255.0',
    'std::vector<a::b> and 12:34:56',
    'git@github.com:org/repo.git and logo@2x.png',
    'https://host/path?x=1 and postgres://$USER:$PASSWORD@host/db',
    'It opened on 2/19/1956 and closed on 2020-06-20.',
    'ISBN 978-3-16-148410-0, order 5551234567, 2024-01-15 10:30',
    'const token = getToken(); password: process.env.PASSWORD; secret = your_secret_here',
    'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
    'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  ])('%j', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('detection', () => {
  it('looks only for the entities it is asked for', () => {
    const text = 'ann@example.com, 203.0.113.7';
    expect(found(text, new Set(['ip_address']))).toEqual(['ip_address:203.0.113.7']);
    expect(found(text, new Set())).toEqual([]);
  });

  it('answers spans in order that do not overlap', () => {
    const text =
      'passport 4111111111111111 https://u:p4ss@1.2.3.4/?q=ann@example.com +1 212 555 0187 ann@example.com';
    const spans = detectPii(text, ALL);
    expect(spans.length).toBeGreaterThan(4);
    spans
      .slice(1)
      .forEach((span, index) => expect(span.start).toBeGreaterThanOrEqual(spans[index]!.end));
  });

  const redos = '../shared/eval/badinput/redos.jsonl';
  it.runIf(existsSync(redos))('survives texts that stop regular expressions', () => {
    for (const line of readFileSync(redos, 'utf8').trim().split('\n')) {
      expect(() => detectPii(line.repeat(20), ALL)).not.toThrow();
    }
  });
});
