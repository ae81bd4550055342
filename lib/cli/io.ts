/** Everything the command line meets the world through, so that a test runs it in process. */
export type Io = {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Asks on the terminal; `hidden` does not show what is typed. */
  ask(question: string, options?: { hidden?: boolean }): Promise<string>;
  /** Whether somebody can be asked. */
  interactive: boolean;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  fetch: typeof fetch;
};

/** How a command ended, for scripts. */
export const EXIT = {
  /** Done; nothing to change. */
  ok: 0,
  /** Bad input, a failed test, a refusal of the server. Nothing was applied unless said. */
  failed: 1,
  /** Changes are planned (`plan`, `diff`), or were declined when asked. */
  changes: 2,
  /** The server moved since the files were pulled or the plan was made. */
  moved: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with one line on stderr. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    message: string,
    readonly exit: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}
