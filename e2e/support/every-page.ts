import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const APP = join(import.meta.dirname, '..', '..', 'app');

/**
 * The address of every page of the console, read from the files that make them, and one that is none.
 * @param parameters a value for each dynamic segment, by its name
 * @throws Error when a segment has no value
 */
export function everyPage(parameters: Record<string, string>): string[] {
  const pages = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|[\\/])page\.tsx$/.test(file),
  );
  const paths = pages.map((file) => {
    const segments = file.split(/[\\/]/).slice(0, -1);
    return `/${segments
      .filter((segment) => !segment.startsWith('('))
      .map((segment) => segment.replace(/^\[(.+)\]$/, (_, name: string) => valueOf(name)))
      .join('/')}`;
  });
  return [...paths.sort(), '/no-such-page'];

  function valueOf(name: string): string {
    const value = parameters[name];
    if (value === undefined) throw new Error(`no value for [${name}] of an address`);
    return value;
  }
}
