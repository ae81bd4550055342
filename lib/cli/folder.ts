import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CliError } from './io';
import {
  type Fault,
  MAX_FILE_BYTES,
  parsePolicyFile,
  type PolicyFile,
  type ReadOptions,
} from './policy-file';

/** Names that this tool writes itself, beside the policies. */
export const LOCK_FILE = 'rolegate.lock.json';
export const SCHEMA_FILE = 'rolegate.schema.json';

const DATA = /\.(ya?ml|jsonc?)$/i;
const CASES = /\.cases\.(ya?ml|jsonc?)$/i;

export type Folder = { policies: PolicyFile[]; faults: Fault[] };

/** Paths of the data files of one sort below a folder, or the file itself; sorted. */
export function filesBelow(root: string, sort: 'policies' | 'cases', cwd: string): string[] {
  let isFile: boolean;
  try {
    isFile = statSync(root).isFile();
  } catch {
    throw new CliError(
      `There is no ${relative(cwd, root) || root}. Name a folder of policy files.`,
    );
  }
  if (isFile) return [root];
  return walk(root).filter((path) => DATA.test(path) && CASES.test(path) === (sort === 'cases'));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const { name } = entry;
      if (name.startsWith('.') || name === 'node_modules') return [];
      if (name === LOCK_FILE || name === SCHEMA_FILE) return [];
      const path = join(folder, name);
      return entry.isDirectory() ? walk(path) : [path];
    });
}

/** Reads a text file of bounded size; `shown` is how faults name it. */
export function readText(path: string, shown: string): { text: string } | { fault: Fault } {
  const fault = (message: string) => ({ fault: { file: shown, line: 1, column: 1, message } });
  let bytes: Buffer;
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return fault('The file is larger than 1 MiB.');
    bytes = readFileSync(path);
  } catch {
    return fault('The file cannot be read.');
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return fault('The file is not UTF-8 text.');
  }
}

/** Every policy file below a folder. A role that two files describe is a fault of the second. */
export function readFolder(root: string, cwd: string, options: ReadOptions = {}): Folder {
  const folder: Folder = { policies: [], faults: [] };
  const known = new Map<string, string>();
  for (const path of filesBelow(root, 'policies', cwd)) {
    const shown = relative(cwd, path) || path;
    const read = readText(path, shown);
    if ('fault' in read) {
      folder.faults.push(read.fault);
      continue;
    }
    const parsed = parsePolicyFile(shown, read.text, options);
    if (!parsed.ok) {
      folder.faults.push(...parsed.faults);
      continue;
    }
    const { file } = parsed;
    const key = keyOf(file);
    const earlier = known.get(key);
    if (earlier === undefined) {
      known.set(key, shown);
      folder.policies.push(file);
      continue;
    }
    const message = `The role ${key} is described in ${earlier} already: one file for each role.`;
    folder.faults.push({ file: shown, message, ...file.source.positionOf(['role']) });
  }
  return folder;
}

/** `tenant/role`, under which lock and plan know a role. */
export const keyOf = ({ tenant, role }: { tenant: string; role: string }) => `${tenant}/${role}`;
