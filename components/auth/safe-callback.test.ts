import { describe, expect, it } from 'vitest';
import { safeCallback } from './safe-callback';

describe('safeCallback', () => {
  it('keeps a path of this site', () => {
    expect(safeCallback('/roles/1?tab=a#b')).toBe('/roles/1?tab=a#b');
    expect(safeCallback('https://console.test/keys', 'https://console.test')).toBe('/keys');
  });

  it.each(['//evil.test', 'https://evil.test/roles', '/\\evil.test', 'javascript:alert(1)'])(
    'never leads to another site: %s',
    (wanted) => {
      expect(safeCallback(wanted)).toBe('/');
    },
  );

  it('does not lead back to the sign-in page, nor anywhere without a wish', () => {
    expect(safeCallback('/signin?callbackUrl=/signin')).toBe('/');
    expect(safeCallback(undefined)).toBe('/');
    expect(safeCallback(['/keys', '/roles'])).toBe('/keys');
  });
});
