import { fork } from 'node:child_process';
import { once } from 'node:events';
import { bundle } from './bundle';

/** Runs a script of this folder, given as `./name.ts`, as production runs it: bundled, without tsx. */
const [script = '', ...args] = process.argv.slice(2);
const child = fork(await bundle(script), args, {
  execArgv: ['--conditions=react-server'],
  env: { ...process.env, NODE_ENV: 'production' },
});
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
