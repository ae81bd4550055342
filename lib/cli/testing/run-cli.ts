import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode, Io } from '../io';
import { main } from '../main';

export type CliRun = { exit: ExitCode; out: string; err: string };

/** A folder of its own and the command line in it, everything it says caught. */
export class TestCli {
  readonly cwd = mkdtempSync(join(tmpdir(), 'rolegate-cli-'));
  env: Record<string, string | undefined> = { HOME: this.cwd };
  fetch: typeof fetch = () => Promise.reject(new Error('This test has no network.'));
  interactive = false;
  /** What is typed or piped in. */
  input = '';
  readonly questions: string[] = [];

  /** Runs `rolegate …` in this process. */
  async run(...argv: string[]): Promise<CliRun> {
    const said = { out: '', err: '' };
    const io: Io = {
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      readInput: () => Promise.resolve(this.input),
      ask: (question) => {
        this.questions.push(question);
        return Promise.resolve(this.input);
      },
      interactive: this.interactive,
      env: this.env,
      cwd: this.cwd,
      fetch: (...call) => this.fetch(...call),
    };
    return { exit: await main(argv, io), ...said };
  }

  /** As `run`, with `--json`: what was said, parsed. */
  async json(...argv: string[]): Promise<{ exit: ExitCode; body: unknown }> {
    const { exit, out } = await this.run(...argv, '--json');
    return { exit, body: JSON.parse(out) as unknown };
  }

  write(files: Record<string, string | Uint8Array>): this {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.cwd, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    return this;
  }

  read(name: string): string {
    return readFileSync(join(this.cwd, name), 'utf8');
  }

  close(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}
