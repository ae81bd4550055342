import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ROOT = 'node_modules';
const OPEN_LICENCE = /^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD)$/;
const LONGEST = 12_000;

/**
 * Harmless documents as agents read them: the manuals of the installed packages under MIT, ISC, BSD and Apache
 * licences, which the lock file pins. Every second one is for training, the others are for measuring.
 */
export function packageManuals(use: 'training' | 'measuring'): string[] {
  const names = readdirSync(ROOT)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(`${ROOT}/${name}`).map((inner) => `${name}/${inner}`)
        : [name],
    )
    .sort();
  const manuals = names.filter(hasManual);
  return manuals
    .filter((_, index) => index % 2 === (use === 'training' ? 0 : 1))
    .map((name) => readFileSync(`${ROOT}/${name}/README.md`, 'utf8').slice(0, LONGEST));
}

function hasManual(name: string): boolean {
  const manifest = `${ROOT}/${name}/package.json`;
  if (!existsSync(manifest) || !existsSync(`${ROOT}/${name}/README.md`)) return false;
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: unknown };
  return typeof license === 'string' && OPEN_LICENCE.test(license);
}
