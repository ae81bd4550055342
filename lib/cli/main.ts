import { parseArgs } from 'node:util';
import { apply } from './commands/apply';
import { keys } from './commands/keys';
import { login } from './commands/login';
import { diff, plan } from './commands/plan';
import { pull } from './commands/pull';
import { validate } from './commands/validate';
import { Context, type Options } from './context';
import { CliError, EXIT, type ExitCode, type Io } from './io';
import { SourceError } from './source/source';
import { type Command, helpText, USAGE, type Usage } from './usage';

const COMMANDS: Record<Command, (context: Context) => Promise<ExitCode>> = {
  login,
  pull,
  diff,
  plan,
  apply,
  validate,
  // These bring the price catalogue and the gateway along, which others need not wait for.
  lint: async (context) => (await import('./commands/lint')).lint(context),
  evaluate: async (context) => (await import('./commands/evaluate')).evaluate(context),
  keys,
};

/**
 * Runs one command. @param argv what follows the program's name
 * @returns the exit code; errors are told on stderr, a line each, and as JSON on stdout with --json
 */
export async function main(argv: readonly string[], io: Io, terminal = false): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(helpText());
    return name === undefined ? EXIT.failed : EXIT.ok;
  }
  const json = rest.includes('--json');
  try {
    if (!isCommand(name)) {
      throw new CliError(`There is no command ${name}. rolegate help lists them.`);
    }
    const { values, positionals } = parse(name, rest);
    if (values.help === true) {
      io.out(helpText(name));
      return EXIT.ok;
    }
    return await COMMANDS[name](new Context(io, values, positionals, terminal));
  } catch (error) {
    // A text that one reader takes and the other, asked for places, does not.
    if (error instanceof SourceError) return fail(new CliError(error.message), io, json);
    if (!(error instanceof CliError)) throw error;
    return fail(error, io, json);
  }
}

function fail({ message, exit }: CliError, io: Io, json: boolean): ExitCode {
  if (json) io.out(`${JSON.stringify({ ok: false, error: message }, null, 2)}\n`);
  io.err(`rolegate: ${message.replace(/\s+/g, ' ')}\n`);
  return exit;
}

function parse(command: Command, args: readonly string[]) {
  const { options }: Usage = USAGE[command];
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          Object.entries(options).map(([name, { type }]) => [name, { type }] as const),
        ),
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { values: values as Options, positionals };
  } catch (error) {
    const said = error instanceof Error ? error.message.split('. ')[0] : 'The arguments are wrong';
    throw new CliError(`${said}. rolegate ${command} --help lists the options.`);
  }
}

const isCommand = (name: string): name is Command => Object.hasOwn(USAGE, name);
