import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where the lock of a folder of policies, or of a single file of it, is kept. */
export function lockFolder(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? dirname(path) : path;
}
