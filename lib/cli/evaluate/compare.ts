/** A part of a receipt that is not as expected. */
import { isJsonObject } from '@/lib/json-object';

export type Difference = { path: string; expected: unknown; received: unknown };

/**
 * Where a value is not what was expected. Of an object only the named fields count; of a list every
 * expected entry has to be found, in any place. In place of a value, `{"not": …}` expects another one,
 * `{"matches": "…"}` a text that holds the given one.
 */
export function differences(expected: unknown, received: unknown, path = ''): Difference[] {
  const differs = [{ path, expected, received: received === undefined ? null : received }];
  if (Array.isArray(expected)) {
    if (!Array.isArray(received)) return differs;
    return expected.flatMap((entry, index) => {
      const found = received.some((each) => differences(entry, each).length === 0);
      return found ? [] : [{ path: `${path}[${index}]`, expected: entry, received }];
    });
  }
  if (!isJsonObject(expected)) return Object.is(expected, received) ? [] : differs;
  const [operator, ...others] = Object.keys(expected);
  if (others.length === 0 && operator === 'not') {
    return differences(expected.not, received).length > 0 ? [] : differs;
  }
  if (others.length === 0 && operator === 'matches') {
    const holds = typeof received === 'string' && received.includes(String(expected.matches));
    return holds ? [] : differs;
  }
  if (!isJsonObject(received)) return differs;
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(value, received[key], path === '' ? key : `${path}.${key}`),
  );
}
