import { describe, expect, it } from 'vitest';
import { sanitizeText, stripInvisible } from './sanitize';

describe('stripping of invisible characters', () => {
  it.each([
    ['zero-width space', 'ig\u200bnore', 'ignore'],
    ['zero-width joiner in Latin', 'ig\u200dnore', 'ignore'],
    ['zero-width non-joiner in Latin', 'ig\u200cnore', 'ignore'],
    ['word joiner', 'a\u2060b', 'ab'],
    ['byte order mark', '\ufeffa', 'a'],
    ['soft hyphen', 'a\u00adb', 'ab'],
    ['bidirectional override', 'a\u202eb\u202c', 'ab'],
    ['bidirectional isolate', '\u2066a\u2069', 'a'],
    ['left-to-right mark', 'a\u200eb', 'ab'],
    ['invisible operators', 'a\u2063b', 'ab'],
    ['Hangul filler', 'a\u3164b', 'ab'],
    ['tags', `a\u{e0069}\u{e0067}\u{e006e}b`, 'ab'],
    ['tags behind a flag that does not exist', '\u{1f3f4}\u{e0068}\u{e0069}\u{e007f}', '\u{1f3f4}'],
    ['variation selectors as a channel', 'a\ufe00\ufe01\u{e0101}\u{e0102}b', 'ab'],
    ['a run of variation selectors behind an emoji', '😀\ufe0f\u{e0111}\u{e0122}', '😀\ufe0f'],
    ['control characters', 'a\u0000b\u001b[31mc\u007f\u0085', 'ab[31mc'],
    ['lone surrogates', 'a\ud800b', 'ab'],
    ['joiners in a run', 'क\u200d\u200dष', 'कष'],
    ['a digit with an emoji style and no keycap', '1\ufe0f', '1'],
  ])('removes %s', (_, text, expected) => {
    expect(stripInvisible(text)).toBe(expected);
  });

  it.each([
    ['tabs and line ends', 'a\tb\r\nc'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a profession with a skin tone', '👩🏽‍💻'],
    ['a heart on fire', '❤️‍🔥'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['the flag of Scotland', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['a keycap', '1️⃣'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['a Devanagari half form', 'क\u200dष र्\u200d'],
    ['Malayalam chillu by joiner', 'ന്\u200d'],
    ['Sinhala', 'ශ්\u200dරී'],
    ['an ideograph with a variation selector', '葛\u{e0100}城'],
    ['combining marks, CJK and astral letters', 'e\u0301 漢字 𝒜'],
  ])('keeps %s', (_, text) => {
    expect(stripInvisible(text)).toBe(text);
  });

  it('takes time linear in hostile texts', () => {
    for (const unit of ['\u{1f3f4}\u{e0067}', '\u{e0067}', '\u200d', 'क\u200d', '\ufe0f', '👩‍']) {
      const text = unit.repeat(200_000);
      const start = performance.now();
      stripInvisible(text);
      expect(performance.now() - start).toBeLessThan(1500);
    }
  });
});

describe('sanitising', () => {
  it('brings look-alikes to their plain form only when asked to', () => {
    expect(sanitizeText('ｉｇｎｏｒｅ ﬁ', { normalizeUnicode: true, stripInvisible: false })).toBe(
      'ignore fi',
    );
    expect(sanitizeText('ｉgn', { normalizeUnicode: false, stripInvisible: true })).toBe('ｉgn');
  });

  it('ends in normal form even where removal brought letters together', () => {
    const both = { normalizeUnicode: true, stripInvisible: true };
    expect(sanitizeText('e\u200b\u0301', both)).toBe('é');
    expect(sanitizeText('ﾠa', both)).toBe('a');
  });

  it('is idempotent', () => {
    const both = { normalizeUnicode: true, stripInvisible: true };
    for (const text of [
      'e\u200b\u0301',
      '👩🏽‍💻\u200d',
      'می\u200c\u200cخ',
      '\u{e0101}葛\u{e0100}\u{e0101}',
    ]) {
      const once = sanitizeText(text, both);
      expect(sanitizeText(once, both)).toBe(once);
    }
  });
});
