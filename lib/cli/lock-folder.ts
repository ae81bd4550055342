import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCK_FILE } from './folder';

/** The lock of a folder of policies, or of a file or folder within it, is in the nearest folder that has one. */
export function lockFolder(path: string): string {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const start = isFile ? dirname(path) : path;
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, LOCK_FILE))) return folder;
    // A repository has locks of its own; above it there is nothing of ours.
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return start;
  }
}
