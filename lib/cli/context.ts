import { resolve } from 'node:path';
import { Api } from './api';
import { findCredentials } from './credentials';
import { readFolder, type Folder } from './folder';
import { CliError, EXIT, type ExitCode, type Io } from './io';
import type { Fault, ReadOptions } from './policy-file';
import { type Style, styleFor } from './style';

/** Options that every command understands; each names those it takes beside them. */
export type Options = Readonly<Record<string, string | boolean | string[] | undefined>>;

/** One run of a command. */
export class Context {
  readonly style: Style;

  constructor(
    readonly io: Io,
    readonly options: Options,
    readonly positionals: readonly string[],
    terminal: boolean,
  ) {
    this.style = styleFor(io.env, terminal);
  }

  get json(): boolean {
    return this.options.json === true;
  }

  /** The folder (or file) the command is about: the first argument, else `policies`. */
  get folder(): string {
    return resolve(this.io.cwd, this.positionals[0] ?? 'policies');
  }

  flag(name: string): boolean {
    return this.options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.options[name];
    return typeof value === 'string' ? value : undefined;
  }

  require(name: string): string {
    const value = this.text(name);
    if (value) return value;
    throw new CliError(`Say --${name}.`);
  }

  api(): Api {
    return new Api(this.io, findCredentials(this.io.env, this.text('server')));
  }

  line(text: string): void {
    this.io.out(`${text}\n`);
  }

  printJson(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  /** The policy files of the folder, or null after telling what is wrong with any of them. */
  policies(options: ReadOptions = {}): Folder['policies'] | null {
    const { policies, faults } = readFolder(this.folder, this.io.cwd, options);
    if (faults.length === 0) return policies;
    this.faults(faults);
    return null;
  }

  /** Tells faults, a line each: `file:line:column: message`, which editors and CI systems link. */
  faults(faults: readonly Fault[]): ExitCode {
    if (this.json) this.printJson({ ok: false, faults });
    else {
      for (const { file, line, column, message } of faults) {
        this.io.err(`${this.style.bold(`${file}:${line}:${column}:`)} ${oneLine(message)}\n`);
      }
      const files = new Set(faults.map(({ file }) => file)).size;
      this.io.err(
        `${count(faults.length, 'fault')} in ${count(files, 'file')}; nothing was done.\n`,
      );
    }
    return EXIT.failed;
  }
}

/** `1 file`, `2 files`. */
export const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
const oneLine = (text: string) => text.replace(/\s+/g, ' ');
