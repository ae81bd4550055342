import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Io } from '@/lib/cli/io';
import { main } from '@/lib/cli/main';

/** The command line on a real terminal. */
const io: Io = {
  out: (message) => void process.stdout.write(message),
  err: (message) => void process.stderr.write(message),
  readInput: () => text(process.stdin),
  async ask(question, { hidden = false } = {}) {
    process.stderr.write(question);
    // readline echoes what is typed through its output: a secret gets none.
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const output = hidden ? silent : process.stderr;
    const lines = createInterface({ input: process.stdin, output, terminal: true });
    try {
      return await lines.question('');
    } finally {
      lines.close();
      if (hidden) process.stderr.write('\n');
    }
  },
  interactive: process.stdin.isTTY === true,
  env: process.env,
  cwd: process.cwd(),
  fetch,
};

process.exitCode = await main(process.argv.slice(2), io, process.stdout.isTTY === true);
