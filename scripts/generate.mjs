import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from './lib/console-output.mjs';
import { generateClient } from './lib/prepare.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
await generateClient(root).catch(fail);
